/** The fields of a template, as its author writes them. */
import { Plus, Trash2 } from "lucide-react";
import type { TemplateField } from "#/api/types";
import desk from "#/features/writing/desk.module.css";
import { useTranslations } from "#/i18n";
import { Button, IconButton } from "#/ui/Button";
import { classes } from "#/ui/classes";
import { Check, ChoiceField, Field, LinesField } from "#/ui/Field";
import sheet from "./drafting.module.css";

const css = classes(desk, sheet);
const KINDS = ["short", "long", "date", "choice", "yes_no", "amount"] as const;

interface FieldsEditorProps {
  readonly fields: readonly TemplateField[];
  readonly onChange: (fields: readonly TemplateField[]) => void;
}

export function FieldsEditor({ fields, onChange }: FieldsEditorProps) {
  const t = useTranslations("drafting.editor");
  const change = (place: number, changed: Partial<TemplateField>) =>
    onChange(fields.map((field, index) => (index === place ? { ...field, ...changed } : field)));
  const add = () =>
    onChange([...fields, { name: "", label: "", kind: "short", required: false, help: "", choices: [] }]);
  return (
    <section className={css("section")} aria-labelledby="drafting-fields">
      <h3 id="drafting-fields" className={css("subtitle")}>
        {t("fields")}
      </h3>
      <p className={css("about")}>{t("fieldNameHint")}</p>
      {fields.map((field, place) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a field has no name until it is given one
        <fieldset key={place} className={css("row", "fieldRow")} aria-label={t("field", { number: place + 1 })}>
          <Field
            label={t("label")}
            value={field.label}
            onChange={(event) => change(place, { label: event.target.value })}
          />
          <Field
            label={t("fieldName")}
            value={field.name}
            onChange={(event) => change(place, { name: event.target.value })}
          />
          <ChoiceField
            label={t("kind")}
            value={field.kind}
            onChange={(event) => change(place, { kind: event.target.value as TemplateField["kind"] })}
            options={KINDS.map((kind) => [kind, t(`kinds.${kind}`)] as const)}
          />
          <Field
            label={t("help")}
            value={field.help}
            onChange={(event) => change(place, { help: event.target.value })}
          />
          {field.kind === "choice" && (
            <LinesField
              label={t("choices")}
              value={(field.choices ?? []).join("\n")}
              onChange={(event) => change(place, { choices: event.target.value.split("\n") })}
            />
          )}
          <div className={css("fieldEnd")}>
            <Check
              label={t("required")}
              checked={field.required}
              onChange={(event) => change(place, { required: event.target.checked })}
            />
            <IconButton
              icon={Trash2}
              label={t("removeField", { name: field.label || field.name })}
              onPress={() => onChange(fields.filter((_, index) => index !== place))}
            />
          </div>
        </fieldset>
      ))}
      <div className={css("actions")}>
        <Button icon={Plus} onPress={add}>
          {t("add")}
        </Button>
      </div>
    </section>
  );
}
