/** Reads the form of a quota: empty means absent, whom it concerns becomes the holder that the server knows. */
import type { NewQuota } from "#/api/types";

export const HOLDERS = ["everyone", "persons", "unit", "person"] as const;
export type HolderChoice = (typeof HOLDERS)[number];
export const MEASURES = ["requests", "tokens", "euros", "gco2e"] as const satisfies readonly NewQuota["measure"][];
export const PERIODS = ["day", "month"] as const satisfies readonly NewQuota["period"][];
export const MODES = ["hard", "soft", "degrade"] as const satisfies readonly NewQuota["mode"][];

export type QuotaFieldName = keyof NewQuota;
type Fields = Partial<Record<QuotaFieldName, string>>;

export function readQuota(fields: Fields): NewQuota {
  const { holder } = fields;
  return {
    ...readChange(fields),
    holder: holder === "unit" ? "unit" : "each_person",
    unit_id: holder === "everyone" ? null : fields.unit_id || null,
    person_id: (holder === "person" && fields.person_id) || null,
    key_id: null,
    model_id: fields.model_id || null,
    measure: fields.measure as NewQuota["measure"],
    period: fields.period as NewQuota["period"],
  };
}

export function readChange(fields: Fields): Pick<NewQuota, "amount" | "mode" | "smaller_model"> {
  const mode = fields.mode as NewQuota["mode"];
  return {
    amount: Number(fields.amount),
    mode,
    smaller_model: mode === "degrade" ? (fields.smaller_model ?? null) : null,
  };
}
