/** The sources of an answer, each file once: what was read of it, what cites it, or why it was not read. Pure. */
import type { Citation, Notice } from "#/api/types";

/** All of it, parts taken from its beginning to its end, or what fits the question best. */
const MANNERS = ["whole", "spread", "best"] as const;

interface Read {
  readonly shown: number;
  /** Passages of the file. */
  readonly total: number;
  readonly manner: (typeof MANNERS)[number];
  /** Of its text. */
  readonly percent: number;
}

export interface Source {
  readonly fileId: string;
  /** By which the answer cites it. */
  readonly numbers: readonly number[];
  readonly pages: readonly number[];
  /** What the model was given of the file; null when that was not told. */
  readonly read: Read | null;
  /** How many of its images, or pages, the model looked at. */
  readonly seen: number;
  /** Pages read by recognising characters, of all those it has; null when none was. */
  readonly recognised: { readonly pages: number; readonly all: boolean } | null;
  /** The code that says why nothing of it was read. */
  readonly unread: string | null;
  /** The first citation of it, in the list of the answer; null when none is. */
  readonly first: number | null;
}

export interface Sources {
  readonly files: readonly Source[];
  /** Why the bases could not be searched. */
  readonly searchFailed: string | null;
  readonly nothingFound: boolean;
  readonly withdrawn: boolean;
  readonly lexical: boolean;
  readonly engineDown: boolean;
  readonly verified: number;
  readonly unsupported: number;
}

/** Notices told among the sources, not above the answer. */
export const SOURCE_NOTICES: ReadonlySet<Notice["code"]> = new Set<Notice["code"]>([
  "source_read",
  "source_seen",
  "source_unread",
  "source_withdrawn",
  "nothing_found",
  "search_engine_down",
  "search_lexical",
]);

export function groupSources(notices: readonly Notice[], checks: readonly Citation[]): Sources {
  const told = (code: Notice["code"]) => notices.filter((notice) => notice.code === code);
  const ids = [
    ...checks.flatMap(({ file_id }) => (file_id == null ? [] : [file_id])),
    ...[...told("source_read"), ...told("source_seen"), ...told("source_unread")].map(({ params }) =>
      String(params["file"] ?? ""),
    ),
  ];
  const verified = sentences(checks.filter((one) => one.verified));
  const failed = told("source_unread").find(({ params }) => params["file"] === "");
  return {
    files: [...new Set(ids)].filter((id) => id !== "").map((id) => sourceOf(id, notices, checks)),
    searchFailed: failed ? String(failed.params["reason"]) : null,
    nothingFound: told("nothing_found").length > 0,
    withdrawn: told("source_withdrawn").length > 0,
    lexical: told("search_lexical").length > 0,
    engineDown: told("search_engine_down").length > 0,
    verified,
    unsupported: sentences(checks) - verified,
  };
}

function sourceOf(fileId: string, notices: readonly Notice[], checks: readonly Citation[]): Source {
  const about = (code: Notice["code"]) => notices.find((one) => one.code === code && one.params["file"] === fileId);
  const cited = checks.filter(({ file_id }) => file_id === fileId);
  const read = about("source_read");
  const unread = about("source_unread");
  const first = checks.findIndex(({ file_id }) => file_id === fileId);
  return {
    fileId,
    numbers: inOrder(cited.map(({ number }) => number).filter((number) => number > 0)),
    pages: inOrder(cited.flatMap(({ page }) => (page == null ? [] : [page]))),
    read: read ? readOf(read) : null,
    seen: Number(about("source_seen")?.params["pictures"] ?? 0),
    recognised: read ? recognisedOf(read) : null,
    unread: unread ? String(unread.params["reason"]) : null,
    first: first < 0 ? null : first,
  };
}

/** Answers stored before manners were told: all the passages were all the text. */
function readOf({ params }: Notice): Read {
  const [shown, total] = [Number(params["shown"]), Number(params["total"])];
  const manner = MANNERS.find((one) => one === params["manner"]) ?? (shown < total ? "best" : "whole");
  return { shown, total, manner, percent: Number(params["percent"] ?? 0) };
}

function recognisedOf({ params }: Notice): Source["recognised"] {
  const pages = Number(params["recognised"] ?? 0);
  return pages > 0 ? { pages, all: pages >= Number(params["pages"]) } : null;
}

function inOrder(numbers: readonly number[]): readonly number[] {
  return [...new Set(numbers)].sort((a, b) => a - b);
}

/** One sentence may cite several passages: it holds when one of them says it. */
function sentences(checks: readonly Citation[]): number {
  return new Set(checks.map(({ start }) => start)).size;
}
