/** The publications that an answer was given, each once, and what became of the search. Pure. */
import type { Citation, Notice } from "#/api/types";

export interface WorkSource {
  readonly pageId: string;
  /** By which the answer cites it. */
  readonly numbers: readonly number[];
  readonly retracted: boolean;
  /** The first citation of it, in the list of the answer; null when none is. */
  readonly first: number | null;
}

export interface WorksSearched {
  readonly works: readonly WorkSource[];
  /** Null when no search was made. */
  readonly found: number | null;
  /** Found without an abstract: nothing of them could be given. */
  readonly unabstracted: number;
  /** The code that says why the search was not made. */
  readonly notSearched: string | null;
  /** Sources that the question did not reach, by rule; and those that gave nothing in time. */
  readonly kept: readonly string[];
  readonly silent: readonly string[];
}

export const WORK_NOTICES: ReadonlySet<Notice["code"]> = new Set<Notice["code"]>([
  "work_read",
  "works_searched",
  "works_source_down",
  "works_not_searched",
]);

export function workSources(notices: readonly Notice[], checks: readonly Citation[]): WorksSearched {
  const told = (code: Notice["code"]) => notices.filter((notice) => notice.code === code);
  const [searched] = told("works_searched");
  const [refused] = told("works_not_searched");
  const down = told("works_source_down");
  const named = (wanted: boolean) =>
    down
      .filter(({ params }) => (params["reason"] === "refused") === wanted)
      .map(({ params }) => String(params["source"]));
  return {
    works: told("work_read").map((notice) => sourceOf(notice, checks)),
    found: searched ? Number(searched.params["works"]) : null,
    unabstracted: Number(searched?.params["unabstracted"] ?? 0),
    notSearched: refused ? String(refused.params["reason"]) : null,
    kept: named(true),
    silent: named(false),
  };
}

/** True when the answer was to rest on publications: then nothing else may pass for one. */
export function searchedWorks(notices: readonly Notice[]): boolean {
  return notices.some(({ code }) => code === "works_searched" || code === "works_not_searched");
}

function sourceOf({ params }: Notice, checks: readonly Citation[]): WorkSource {
  const pageId = String(params["snapshot"]);
  const cited = checks.filter(({ snapshot_id }) => snapshot_id === pageId);
  const first = checks.findIndex(({ snapshot_id }) => snapshot_id === pageId);
  return {
    pageId,
    numbers: [...new Set(cited.map(({ number }) => number).filter((number) => number > 0))].sort((a, b) => a - b),
    retracted: params["retracted"] !== undefined,
    first: first < 0 ? null : first,
  };
}
