/** A line of a glossary from what its form says. */
import type { GlossaryLine } from "#/api/types";

interface Said {
  readonly source: string;
  readonly target: string;
  readonly forbidden?: string;
  readonly note?: string;
  readonly exact?: string;
}

/** A term without translation is never translated. */
export function lineOf({ source, target, forbidden = "", note = "", exact }: Said): GlossaryLine {
  const term = source.trim();
  const never = forbidden
    .split(/[,;|]/)
    .map((one) => one.trim())
    .filter((one) => one !== "");
  return {
    source: term,
    target: target.trim() || term,
    forbidden: never,
    note: note.trim(),
    exact_case: exact !== undefined,
  };
}
