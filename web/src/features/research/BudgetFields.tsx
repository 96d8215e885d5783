/** What a research may use: steps, time, tokens; never more than the institution lets. */
import type { ResearchAllowed, ResearchOffer } from "#/api/types";
import { useTranslations } from "#/i18n";
import { classes } from "#/ui/classes";
import { Field } from "#/ui/Field";
import sheet from "./research.module.css";

const css = classes(sheet);
const MEASURES = ["steps", "minutes", "tokens"] as const;

interface BudgetFieldsProps {
  readonly budget: ResearchAllowed;
  readonly most: ResearchOffer["most"];
  readonly onChange: (budget: ResearchAllowed) => void;
}

export function BudgetFields({ budget, most, onChange }: BudgetFieldsProps) {
  const t = useTranslations("research.budget");
  const highest = { steps: most.steps, minutes: Math.floor(most.seconds / 60), tokens: most.tokens };
  return (
    <fieldset className={css("budget")}>
      <legend className={css("legend")}>{t("title")}</legend>
      {MEASURES.map((measure) => (
        <Field
          key={measure}
          label={t(measure)}
          hint={t("most", { most: highest[measure] })}
          type="number"
          inputMode="numeric"
          min={1}
          max={highest[measure]}
          step={1}
          value={budget[measure]}
          onChange={({ target }) =>
            onChange({
              ...budget,
              [measure]: Math.min(highest[measure], Math.max(1, Math.round(target.valueAsNumber || 1))),
            })
          }
        />
      ))}
    </fieldset>
  );
}
