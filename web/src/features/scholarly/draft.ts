/** What is being asked of the desk, as fields hold it, and as the server takes it. */
import type { ScholarlySearch } from "#/api/types";

export type Kind = NonNullable<ScholarlySearch["kinds"]>[number];
export type Sort = NonNullable<ScholarlySearch["sort"]>;

export const KINDS = [
  "article",
  "review",
  "preprint",
  "conference",
  "chapter",
  "book",
  "thesis",
  "report",
  "dataset",
] as const satisfies readonly Kind[];
export const SORTS = ["relevance", "date", "citations"] as const satisfies readonly Sort[];

export interface Draft {
  readonly words: string;
  readonly yearFrom: string;
  readonly yearTo: string;
  readonly kind: Kind | "";
  readonly author: string;
  readonly domain: string;
  readonly laboratory: string;
  readonly openAccess: boolean;
  readonly sort: Sort;
}

export const FRESH: Draft = {
  words: "",
  yearFrom: "",
  yearTo: "",
  kind: "",
  author: "",
  domain: "",
  laboratory: "",
  openAccess: false,
  sort: "relevance",
};

/** Return what is sent; a field that is empty, or a year that is none, is not. */
export function searchOf(draft: Draft, page: number): Partial<ScholarlySearch> {
  return {
    words: draft.words.trim(),
    year_from: yearOf(draft.yearFrom),
    year_to: yearOf(draft.yearTo),
    kinds: draft.kind === "" ? [] : [draft.kind],
    author: draft.author.trim() || null,
    domain: draft.domain.trim() || null,
    laboratory: draft.laboratory.trim() || null,
    open_access: draft.openAccess,
    sort: draft.sort,
    page,
  };
}

function yearOf(written: string): number | null {
  const year = Number(written);
  return Number.isInteger(year) && year >= 1400 && year <= 2200 ? year : null;
}
