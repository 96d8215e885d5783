/** Which model answers and where the words will go; a model that may not receive them says why. */
import { ChevronDown, Cpu } from "lucide-react";
import type { Level, Model, Zone } from "#/api/types";
import { useFormatter, useLocale, useTranslations } from "#/i18n";
import { Button } from "#/ui/Button";
import { classes } from "#/ui/classes";
import { Menu, MenuChoice, MenuChoices } from "#/ui/Menu";
import { type Categories, obstacle } from "./choice";
import sheet from "./pickers.module.css";
import { usePlace } from "./places";
import { useRefusalWords } from "./useRefusalWords";

const css = classes(sheet);

interface ModelPickerProps {
  readonly models: readonly Model[];
  readonly chosen: Model | null;
  readonly level: Level;
  readonly categories?: Categories;
  readonly onChange: (id: string) => void;
}

export function ModelPicker({ models, chosen, level, categories = [], onChange }: ModelPickerProps) {
  const t = useTranslations("models");
  const where = useWhere();
  const why = useRefusalWords();
  if (!chosen) return null;
  const refused = models.flatMap((model) => {
    const reason = why(model, level, categories);
    return reason === null ? [] : [`${model.display_name}, ${reason}`];
  });
  return (
    <Menu
      label={t("model")}
      placement="top start"
      trigger={
        <Button look="quiet" small>
          <span className="visuallyHidden">{t("modelPrefix")}</span>
          <Cpu aria-hidden="true" className={css("icon")} />
          <span className={css("model")}>{chosen.display_name}</span>
          <span className={css("zone")}>{where(chosen)}</span>
          <ChevronDown aria-hidden="true" className={css("chevron")} />
        </Button>
      }
    >
      <MenuChoices heading={t("model")} about={refused.join(" ")} value={chosen.id} onChange={onChange}>
        {models.map((model) => (
          <MenuChoice
            key={model.id}
            id={model.id}
            name={model.display_name}
            disabled={obstacle(model, level, categories) !== null}
          >
            <ModelWords model={model} level={level} categories={categories} />
          </MenuChoice>
        ))}
      </MenuChoices>
    </Menu>
  );
}

interface ModelWordsProps {
  readonly model: Model;
  readonly level: Level;
  readonly categories: Categories;
}

function ModelWords({ model, level, categories }: ModelWordsProps) {
  const t = useTranslations("models");
  const locale = useLocale();
  const where = useWhere();
  const state = useModelState();
  const why = useRefusalWords();
  const reason = why(model, level, categories);
  const description = model.description?.[locale];
  const blocked = obstacle(model, level, categories);
  const clauses = [
    blocked !== "level" && t("upTo", { level: t(`levels.${model.highest_level}`) }),
    model.abilities.includes("vision") && t("sees"),
    model.no_training && t("noTraining"),
    model.log_delay_days !== null && t("logs", { days: model.log_delay_days }),
    ...model.zone.qualifications.map((one) => t(`qualifications.${one}`)),
  ].filter((clause) => clause !== false);
  const gaps = model.card_gaps.map((gap) => t(`gaps.${gap}`));
  return (
    <>
      {description && <span className={css("line")}>{description}</span>}
      <span className={css("line")}>{where(model)}</span>
      <span className={css("line")}>{clauses.join(" · ")}</span>
      {model.card_gaps.length > 0 && <span className={css("line")}>{t("cardLacks", { gaps: gaps.join(", ") })}</span>}
      {model.demonstration && <span className={css("line", "caution")}>{t("demonstration")}</span>}
      {reason !== null && <span className={css("line", "reason")}>{reason}</span>}
      {model.state !== "ready" && model.state !== "unknown" && (
        <span className={css("line", model.state === "loading" ? "caution" : "reason")}>{state(model)}</span>
      )}
    </>
  );
}

/** "ready", "loading, 40 %"… in words. */
export function useModelState(): (model: Pick<Model, "state" | "progress">) => string {
  const t = useTranslations("models");
  const format = useFormatter();
  return ({ state, progress }) =>
    state === "loading" && progress !== null
      ? t("loadingAt", { progress: format.number(progress, { style: "percent" }) })
      : t(`states.${state}`);
}

/** "operator, country". */
export function useWhere(): (model: { readonly zone: Pick<Zone, "operator" | "country"> }) => string {
  const t = useTranslations("models");
  const place = usePlace();
  return ({ zone }) => t("where", { operator: zone.operator, country: place(zone.country) });
}
