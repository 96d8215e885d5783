/** How a source is: an icon and a word. */
import { CircleAlert, CircleCheck, CirclePause, LoaderCircle, OctagonX } from "lucide-react";
import { isBusy } from "#/api/followed";
import type { Source } from "#/api/types";
import { useTranslations } from "#/i18n";
import { classes } from "#/ui/classes";
import sheet from "./followed.module.css";

const css = classes(sheet);
const ICONS = {
  busy: LoaderCircle,
  well: CircleCheck,
  caution: CircleAlert,
  refusal: OctagonX,
  still: CirclePause,
} as const;

type Shown = Source["state"] | "paused" | "waiting";

export function SourceState({ source }: { readonly source: Source }) {
  const t = useTranslations("followed.states");
  const shown = shownState(source);
  const meaning = meaningOf(shown, source);
  const Icon = ICONS[meaning];
  return (
    <span className={css("state", meaning)}>
      <Icon aria-hidden="true" className={css("icon")} />
      {t(shown)}
    </span>
  );
}

function shownState(source: Source): Shown {
  if (source.paused) return "paused";
  return isBusy(source) && !source.running ? "waiting" : source.state;
}

function meaningOf(shown: Shown, { failed }: Source): keyof typeof ICONS {
  switch (shown) {
    case "failed":
      return "refusal";
    case "asking":
    case "unfinished":
      return "caution";
    case "done":
      return failed > 0 ? "caution" : "well";
    case "paused":
      return "still";
    default:
      return "busy";
  }
}
