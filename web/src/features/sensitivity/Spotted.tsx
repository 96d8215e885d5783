/** Before sending: what was found in the words, and what it changes. One line; nothing to click in the ordinary case. */
import { ShieldAlert } from "lucide-react";
import type { Look, Model } from "#/api/types";
import { obstacle } from "#/features/inference/choice";
import { ContestButton } from "#/features/reports/ContestButton";
import { useFormatter, useTranslations } from "#/i18n";
import { classes } from "#/ui/classes";
import sheet from "./sensitivity.module.css";
import { spottedTypes } from "./spotted";
import { type Labelled, useMarkingRefusal } from "./useLabel";
import { useSpottedWords } from "./useSpottedWords";

const css = classes(sheet);

interface SpottedProps {
  readonly label: Labelled;
  readonly models: readonly Model[] | undefined;
  /** The model that the person chose. */
  readonly wanted: string | null;
  /** The one that will answer. */
  readonly chosen: Model | null;
}

export function Spotted({ label, models = [], wanted, chosen }: SpottedProps) {
  const t = useTranslations("sensitivity");
  const told = useTold(label.found);
  const refusal = useMarkingRefusal(label); // told above, with its own button
  const other = models.find(({ id }) => id === wanted);
  // Only what the label forbids: a model that does not answer is told elsewhere.
  const moved = other && chosen && other.id !== chosen.id && isForbidden(other, label);
  if (told === null && !moved) return null;
  return (
    <p className={css("spotted")}>
      <ShieldAlert aria-hidden="true" className={css("icon")} />
      <span>
        {told}
        {moved && ` ${t("moved", { wanted: other.display_name, chosen: chosen.display_name })}`}
      </span>
      {refusal === null && <ContestButton about="label_raised" turnId={null} />}
    </p>
  );
}

function isForbidden(model: Model, { level, categories }: Labelled): boolean {
  const reason = obstacle(model, level, categories);
  return reason === "level" || reason === "categories";
}

function useTold(found: Look | null): string | null {
  const t = useTranslations("sensitivity");
  const words = useSpottedWords();
  const format = useFormatter();
  if (!found) return null;
  const types = spottedTypes(found);
  const secret = found.spotted.some((one) => one.kind === "secrets");
  const told = t("found", { types: format.list([...new Set(types.map(words))]) });
  return secret ? `${told} ${t("removeSecret")}` : told;
}
