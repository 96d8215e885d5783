/** Reads the form of a model: empty means absent, numbers are numbers. */
import type { OfferedModelFields } from "#/api/backends";
import type { Category, Level, OfferedModel } from "#/api/types";
import { CATEGORIES } from "#/features/inference/choice";

const VISION = "vision";

export type ModelFieldName = keyof OfferedModelFields | typeof VISION | `category_${Category}`;

export function sees({ abilities }: Pick<OfferedModel, "abilities">): boolean {
  return abilities.includes(VISION);
}

export function readModel(
  fields: Partial<Record<ModelFieldName, string>>,
  before: Pick<OfferedModel, "id" | "abilities"> | null,
): OfferedModelFields {
  const text = (name: ModelFieldName) => fields[name]?.trim() ?? "";
  const optional = (name: ModelFieldName) => text(name) || null;
  const optionalNumber = (name: ModelFieldName) => (text(name) === "" ? null : Number(text(name)));
  return {
    id: before?.id ?? text("id"),
    display_name: text("display_name"),
    description_fr: optional("description_fr"),
    description_en: optional("description_en"),
    backend: text("backend"),
    upstream: text("upstream"),
    context_tokens: Number(text("context_tokens")),
    max_output_tokens: Number(text("max_output_tokens")),
    abilities: [
      ...(before?.abilities ?? ["chat"]).filter((ability) => ability !== VISION),
      ...(fields.vision === "on" ? [VISION] : []),
    ],
    highest_level: text("highest_level") as Level,
    categories: CATEGORIES.filter((one) => fields[`category_${one}`] === "on"),
    no_training: fields.no_training === "on",
    log_delay_days: optionalNumber("log_delay_days"),
    price_input: optionalNumber("price_input"),
    price_output: optionalNumber("price_output"),
    renewal_date: optional("renewal_date"),
    enabled: fields.enabled === "on",
    is_default: fields.is_default === "on",
    demonstration: fields.demonstration === "on",
  };
}
