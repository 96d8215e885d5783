/** The pages of the web that an answer was given, each once, and what became of the search. Pure. */
import type { Citation, Notice } from "#/api/types";

export interface WebSource {
  readonly pageId: string;
  /** By which the answer cites it. */
  readonly numbers: readonly number[];
  /** Passages that the model was given, of all those of the page. */
  readonly shown: number;
  readonly total: number;
  /** Only what is free of it was read. */
  readonly wall: boolean;
  /** The first citation of it, in the list of the answer; null when none is. */
  readonly first: number | null;
}

export interface WebSearched {
  readonly pages: readonly WebSource[];
  /** Null when no search was made. */
  readonly results: number | null;
  /** The code that says why the search was not made. */
  readonly notSearched: string | null;
  readonly silent: readonly string[];
  readonly unread: number;
}

export const WEB_NOTICES: ReadonlySet<Notice["code"]> = new Set<Notice["code"]>([
  "web_read",
  "web_searched",
  "web_engine_down",
  "web_page_unread",
  "web_not_searched",
]);

export function webSources(notices: readonly Notice[], checks: readonly Citation[]): WebSearched {
  const told = (code: Notice["code"]) => notices.filter((notice) => notice.code === code);
  const [searched] = told("web_searched");
  const [refused] = told("web_not_searched");
  return {
    pages: told("web_read").map((notice) => sourceOf(notice, checks)),
    results: searched ? Number(searched.params["results"]) : null,
    notSearched: refused ? String(refused.params["reason"]) : null,
    silent: told("web_engine_down").map(({ params }) => String(params["engine"])),
    unread: Number(searched?.params["unread"] ?? 0),
  };
}

/** True when the answer was to rest on the web: then nothing else of the web may pass for a source of it. */
export function searchedWeb(notices: readonly Notice[]): boolean {
  return notices.some(({ code }) => code === "web_searched" || code === "web_not_searched");
}

function sourceOf({ params }: Notice, checks: readonly Citation[]): WebSource {
  const pageId = String(params["snapshot"]);
  const cited = checks.filter(({ snapshot_id }) => snapshot_id === pageId);
  const first = checks.findIndex(({ snapshot_id }) => snapshot_id === pageId);
  return {
    pageId,
    numbers: [...new Set(cited.map(({ number }) => number).filter((number) => number > 0))].sort((a, b) => a - b),
    shown: Number(params["shown"]),
    total: Number(params["total"]),
    wall: params["wall"] !== undefined,
    first: first < 0 ? null : first,
  };
}
