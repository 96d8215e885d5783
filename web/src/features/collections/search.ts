/** What of a base is shown, as the address keeps it: a folder can be kept as a bookmark, and handed to someone. */
import type { DocumentsSort, DocumentsState, WantedDocuments } from "#/api/collections";

export interface CollectionSearch {
  readonly folder?: string;
  readonly q?: string;
  readonly state?: Exclude<DocumentsState, "all">;
  readonly sort?: Exclude<DocumentsSort, "name">;
  /** The sources that the base follows, in place of its documents. */
  readonly view?: "sources";
}

export const STATES: readonly DocumentsState[] = ["all", "badly_read", "failed", "due"];
export const SORTS: readonly DocumentsSort[] = ["name", "updated"];

/** Reads an address that anybody may have written. */
export function readSearch({ folder, q, state, sort, view }: Record<string, unknown>): CollectionSearch {
  const words = textOf(q, 200);
  const place = textOf(folder, 400);
  const wanted = STATES.find((one) => one === state);
  return {
    ...(place === "" ? {} : { folder: place }),
    ...(words === "" ? {} : { q: words }),
    ...(wanted === undefined || wanted === "all" ? {} : { state: wanted }),
    ...(sort === "updated" ? { sort } : {}),
    ...(view === "sources" ? { view } : {}),
  };
}

function textOf(value: unknown, longest: number): string {
  return typeof value === "string" || typeof value === "number" ? String(value).slice(0, longest) : "";
}

/** One looks in a folder, or searches the whole base. */
export function wantedDocuments({ folder = "", q = "", state, sort }: CollectionSearch): WantedDocuments {
  const everywhere = q !== "" || state !== undefined;
  return { folder: everywhere ? null : folder, words: q, state: state ?? "all", sort: sort ?? "name" };
}
