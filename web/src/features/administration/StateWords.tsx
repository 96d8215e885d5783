/** The state of a server or a model: an icon and a word; why, when it does not answer. */
import { CircleCheck, CircleDashed, CircleX, LoaderCircle, Power } from "lucide-react";
import type { ModelState } from "#/api/types";
import { useErrorWords } from "#/features/errors/errorWords";
import { useTranslations } from "#/i18n";
import { classes } from "#/ui/classes";
import sheet from "./administration.module.css";

const css = classes(sheet);
const icons = {
  ready: CircleCheck,
  loading: LoaderCircle,
  unreachable: CircleX,
  missing: CircleX,
  unknown: CircleDashed,
} as const satisfies Record<ModelState, typeof CircleCheck>;

interface StateWordsProps {
  readonly state: ModelState;
  readonly enabled: boolean;
  readonly error_code: string | null;
}

export function StateWords({ state, enabled, error_code }: StateWordsProps) {
  const t = useTranslations();
  const words = useErrorWords();
  const Icon = enabled ? icons[state] : Power;
  return (
    <span className={css("state")}>
      <Icon aria-hidden="true" className={css("stateIcon", enabled && state)} />
      {enabled ? t(`models.states.${state}`) : t("administration.off")}
      {enabled && error_code !== null && error_code !== "model_unreachable" && (
        <span className={css("why")}>{words({ code: error_code, params: {} }).split(". ")[0]}</span>
      )}
    </span>
  );
}
