/** The form of a template: what is typed, what is missing, what is sent. */
import type { NewDraft, TemplateContent, TemplateField } from "#/api/types";

export type Values = Readonly<Record<string, string>>;

/** The first field that must be filled and is not. */
export function missing(fields: readonly TemplateField[], values: Values): TemplateField | null {
  return fields.find(({ name, required }) => required && !values[name]?.trim()) ?? null;
}

/** What is asked: the fields of this template only, those that were filled. */
export function wantedDraft(id: string, fields: readonly TemplateField[], values: Values): NewDraft {
  const filled = fields.flatMap(({ name }) => {
    const value = values[name]?.trim();
    return value ? [[name, value] as const] : [];
  });
  return { template_id: id, values: Object.fromEntries(filled) };
}

/** A content as it is sent: answers only where the field has some. */
export function sentContent({ name, purpose, language, fields, body }: TemplateContent): TemplateContent {
  return {
    name,
    purpose,
    language,
    body,
    fields: fields.map((field) => ({
      name: field.name,
      label: field.label,
      kind: field.kind,
      required: field.required,
      help: field.help,
      choices: field.kind === "choice" ? (field.choices ?? []).map((one) => one.trim()).filter(Boolean) : [],
    })),
  };
}

/** A stretch counted in code points, as JavaScript counts it. */
export function unitsOf(text: string, start: number, end: number): readonly [number, number] {
  const points = [...text];
  const from = points.slice(0, start).join("").length;
  return [from, from + points.slice(start, end).join("").length];
}
