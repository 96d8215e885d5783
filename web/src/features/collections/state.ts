/** How far a document is, from what the server says of its version and of its file. */
import type { Doc } from "#/api/types";

/** Under this, a recognition is worth a look; the server's own measure of "badly read". */
export const POOR = 0.8;
const GOOD = 0.92;

export type StateName =
  | "receiving"
  | "queued"
  | "checking"
  | "reading"
  | "recognising"
  | "indexing"
  | "ready"
  | "partial"
  | "doubtful"
  | "failed"
  | "unindexed";

export interface DocumentState {
  readonly name: StateName;
  readonly meaning: "busy" | "well" | "caution" | "refusal";
  /** Code of the reason, when it failed. */
  readonly error: string | null;
  readonly page: number;
  readonly pages: number;
}

export function stateOf({ version, file }: Pick<Doc, "version" | "file">): DocumentState {
  const of = (name: StateName, meaning: DocumentState["meaning"], error: string | null = null): DocumentState => ({
    name,
    meaning,
    error,
    page: file.step_page ?? 0,
    pages: file.pages,
  });
  switch (file.state) {
    case "receiving":
      return of("receiving", "busy");
    case "received":
      return of("queued", "busy");
    case "reading":
      return of(underWay(file.step), "busy");
    case "failed":
      return of("failed", "refusal", file.error);
    case "read":
      if (version.state === "failed") return of("unindexed", "refusal", version.error);
      if (file.report?.status === "partial") return of("partial", "caution");
      if (file.report && confidenceOf(file.report.confidence) === "poor") return of("doubtful", "caution");
      return version.state === "indexed" ? of("ready", "well") : of("indexing", "busy");
  }
}

function underWay(step: Doc["file"]["step"]): StateName {
  if (step === "checking" || step === "recognising" || step === "indexing") return step;
  return step === "waiting" ? "queued" : "reading";
}

export function confidenceOf(confidence: number | null): "none" | "good" | "fair" | "poor" {
  if (confidence === null) return "none";
  if (confidence >= GOOD) return "good";
  return confidence >= POOR ? "fair" : "poor";
}

/** A review date that has passed, or is today; days are days, the same everywhere. */
export function isDue(day: string | null, today = new Date().toISOString().slice(0, 10)): boolean {
  return day !== null && day <= today;
}
