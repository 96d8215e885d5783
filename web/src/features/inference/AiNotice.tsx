/** Always in sight, quietly: an AI answers, which model, where it runs, for which level of data (AI Act, article 50). */
import type { Model } from "#/api/types";
import { useTranslations } from "#/i18n";
import { classes } from "#/ui/classes";
import { useModelState, useWhere } from "./ModelPicker";
import sheet from "./pickers.module.css";

const css = classes(sheet);

export function AiNotice({ model }: { readonly model: Model | null }) {
  const t = useTranslations("models");
  const where = useWhere();
  const state = useModelState();
  if (!model) return <p className={css("notice")}>{t("aiNotice")}</p>;
  const level = t(`levels.${model.highest_level}`);
  return (
    <p className={css("notice")}>
      <span className={css("sentence")}>{t("aiNotice")} </span>
      {[model.display_name, where(model), t("upToInline", { level })].join(" · ")}
      {model.demonstration && <span className={css("warning")}> {t("demonstration")}</span>}
      {model.state === "loading" && <span className={css("warning")}> {state(model)}</span>}
    </p>
  );
}
