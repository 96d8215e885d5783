/** One field of the form of a template, by its kind. */
import type { TemplateField } from "#/api/types";
import { useTranslations } from "#/i18n";
import { ChoiceField, Field, LinesField } from "#/ui/Field";

interface FormFieldProps {
  readonly field: TemplateField;
  readonly value: string;
  readonly onChange: (value: string) => void;
}

export function FormField({ field, value, onChange }: FormFieldProps) {
  const t = useTranslations("drafting");
  const label = `${field.label} (${t(field.required ? "required" : "optional")})`;
  const hint = [field.help, field.kind === "amount" ? t("amountHint") : ""].filter(Boolean).join(" ");
  const frame = {
    label,
    value,
    required: field.required,
    ...(hint !== "" && { hint }),
    onChange: ({ target }: { readonly target: { readonly value: string } }) => onChange(target.value),
  };
  switch (field.kind) {
    case "long":
      return <LinesField {...frame} prose rows={5} />;
    case "choice":
      return (
        <ChoiceField
          {...frame}
          options={[["", t("none")], ...(field.choices ?? []).map((one) => [one, one] as const)]}
        />
      );
    case "yes_no":
      return (
        <ChoiceField
          {...frame}
          options={[
            ["", t("none")],
            ["yes", t("yes")],
            ["no", t("no")],
          ]}
        />
      );
    case "date":
      return <Field {...frame} type="date" />;
    case "amount":
      return <Field {...frame} inputMode="decimal" />;
    default:
      return <Field {...frame} />;
  }
}
