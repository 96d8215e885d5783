/** Always in sight, quietly: an AI answers (AI Act, article 50), which model, where it runs, up to which level, and what is left. */
import type { Model } from "#/api/types";
import { CharterLink } from "#/features/charter/CharterLink";
import { LeftOver } from "#/features/quotas/LeftOver";
import { useTranslations } from "#/i18n";
import { classes } from "#/ui/classes";
import { useModelState, useWhere } from "./ModelPicker";
import sheet from "./pickers.module.css";

const css = classes(sheet);

interface AiNoticeProps {
  readonly model: Model | null;
  /** What is happening to the question; it takes the place of the words about the model, so that nothing moves. */
  readonly status?: string | null;
}

export function AiNotice({ model, status = null }: AiNoticeProps) {
  const t = useTranslations("models");
  return (
    <p className={css("notice")}>
      <span className={css("sentence")}>{t("aiNotice")} </span>
      {status ?? (model && <AboutModel model={model} />)}
      {status === null && model && " · "}
      {status === null && <CharterLink />}
    </p>
  );
}

function AboutModel({ model }: { readonly model: Model }) {
  const t = useTranslations("models");
  const where = useWhere();
  const state = useModelState();
  const level = t(`levels.${model.highest_level}`);
  return (
    <>
      {[model.display_name, where(model), t("upToInline", { level })].join(" · ")}
      <LeftOver modelId={model.id} nearEnd={css("warning")} />
      {model.demonstration && <span className={css("warning")}> {t("demonstration")}</span>}
      {model.state === "loading" && <span className={css("warning")}> {state(model)}</span>}
    </>
  );
}
