/** What the form of summaries says, and the request that it makes once there is something to read. Pure. */
import type { NewSummary, SummaryForm } from "#/api/types";
import type { Upload } from "#/features/files/upload";
import type { AUDIENCES, LENGTHS } from "./forms";

export interface WantedSummary {
  readonly form: SummaryForm;
  readonly length: (typeof LENGTHS)[number];
  readonly audience: (typeof AUDIENCES)[number];
  /** Empty: that of the documents. */
  readonly to: string;
  readonly text: string;
  /** Files that the person had already, by identifier. */
  readonly own: readonly string[];
}

export const FRESH_SUMMARY: WantedSummary = {
  form: "key-points",
  length: "usual",
  audience: "usual",
  to: "",
  text: "",
  own: [],
};

/** Why nothing can be asked yet; null when it can. */
export type Lacking = "nothing" | "reading" | "two";

export function lackingOf(wanted: WantedSummary, uploads: readonly Upload[]): Lacking | null {
  const files = uploads.length + wanted.own.length;
  if (files === 0) return wanted.text.trim() === "" ? "nothing" : wanted.form === "comparison" ? "two" : null;
  if (uploads.some(({ phase }) => phase !== "read")) return "reading";
  return wanted.form === "comparison" && files < 2 ? "two" : null;
}

export function wantedSummary(wanted: WantedSummary, uploads: readonly Upload[]): NewSummary | null {
  if (lackingOf(wanted, uploads) !== null) return null;
  const sent = uploads.flatMap(({ id }) => (id === null ? [] : [id]));
  const files = [...new Set([...wanted.own, ...sent])];
  return {
    ...(files.length > 0 ? { file_ids: files } : { text: wanted.text }),
    form: wanted.form,
    length: wanted.length,
    audience: wanted.audience,
    ...(wanted.to !== "" && { to: wanted.to }),
  };
}
