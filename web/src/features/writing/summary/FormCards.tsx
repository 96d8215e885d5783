/** The forms of a summary, each with a sentence: one is chosen, with the arrows too. */
import type { SummaryForm } from "#/api/types";
import { useTranslations } from "#/i18n";
import { classes } from "#/ui/classes";
import { FORMS } from "./forms";
import sheet from "./summary.module.css";

const css = classes(sheet);

interface FormCardsProps {
  readonly value: SummaryForm;
  readonly onChange: (form: SummaryForm) => void;
}

export function FormCards({ value, onChange }: FormCardsProps) {
  const t = useTranslations("summaries");
  return (
    <fieldset className={css("forms")}>
      <legend className={css("legend")}>{t("form")}</legend>
      {FORMS.map((form) => (
        <label key={form} className={css("card", form === value && "chosen")}>
          <input
            type="radio"
            name="summary-form"
            className={css("radio")}
            value={form}
            checked={form === value}
            onChange={() => onChange(form)}
          />
          <span>
            <span className={css("cardName")}>{t(`forms.${form}`)}</span>
            <span className={css("cardAbout")}>{t(`formWords.${form}`)}</span>
          </span>
        </label>
      ))}
    </fieldset>
  );
}
