/** The quotations of an answer as the screen shows them, each with the place where the server found it. Pure. */
import type { Turn } from "#/api/types";

/** Characters of the source shown on each side of the words. */
const AROUND = 80;

export interface ShownCitation {
  readonly words: string;
  readonly verified: boolean;
  /** The words in their source, with what stands around them; null when they are nowhere. */
  readonly source: { readonly before: string; readonly match: string; readonly after: string } | null;
}

/** The server counts in code points, so the texts are cut in code points. */
export function shownCitations(turn: Turn, texts: ReadonlyMap<string, string>): readonly ShownCitation[] {
  if (turn.citations.length === 0) return [];
  const answer = Array.from(texts.get(turn.answer_id) ?? "");
  return turn.citations.map((citation) => ({
    words: answer.slice(citation.start, citation.end).join(""),
    verified: citation.verified,
    source:
      citation.message_id === null
        ? null
        : excerpt(texts.get(citation.message_id) ?? "", citation.source_start, citation.source_end),
  }));
}

function excerpt(text: string, start: number, end: number) {
  const points = Array.from(text);
  const from = Math.max(0, start - AROUND);
  return {
    before: (from > 0 ? "…" : "") + points.slice(from, start).join(""),
    match: points.slice(start, end).join(""),
    after: points.slice(end, end + AROUND).join("") + (end + AROUND < points.length ? "…" : ""),
  };
}
