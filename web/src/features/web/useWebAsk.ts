/**
 * The search of the web that goes with the question being written: off until the person wants it, its words proposed from
 * the draft, theirs as soon as they touch them. What they see is what leaves.
 */
import { useMemo, useState } from "react";
import type { AskedWeb, Level } from "#/api/types";
import { useProposedQuery, useWebSearch, type WrittenIn } from "#/api/web";
import { isAtMost } from "#/features/inference/choice";
import { useSettled } from "#/ui/useSettled";

const AT_REST_MILLISECONDS = 400;
const LEAST = 2;

/** Why the question cannot leave with its search. */
export type WebLack = "level" | "proposing" | "empty";

export interface WebAsk {
  /** Who receives the words; none where there is no search of the web. */
  readonly engines: readonly { readonly name: string; readonly operator: string; readonly country: string }[];
  readonly highest: Level;
  readonly on: boolean;
  readonly query: string;
  /** What was taken out of the proposed words: how many names, identifiers, secrets. */
  readonly removed: number;
  readonly official: boolean;
  readonly turn: (on: boolean) => void;
  readonly write: (query: string) => void;
  readonly keepOfficial: (official: boolean) => void;
  readonly lackAt: (level: Level) => WebLack | null;
  readonly toAsk: () => { readonly web?: AskedWeb };
  /** The question left: the next one has words of its own. */
  readonly release: () => void;
}

export function useWebAsk(draft: string, place: WrittenIn): WebAsk {
  const { data: search } = useWebSearch();
  const [on, setOn] = useState(false);
  const [own, setOwn] = useState<string | null>(null);
  const [official, setOfficial] = useState(false);
  const words = draft.trim();
  const settled = useSettled(words, AT_REST_MILLISECONDS);
  const proposed = useProposedQuery(settled, place, on && own === null);
  const coming = own === null && words !== "" && (settled !== words || proposed.isFetching);
  const found = own === null && words !== "" ? proposed.data : undefined;
  const query = own ?? found?.query ?? "";
  const removed = Object.values(found?.removed ?? {}).reduce((sum, count) => sum + count, 0);
  return useMemo(() => {
    const highest = search?.highest_level ?? "public";
    return {
      engines: search?.engines ?? [],
      highest,
      on,
      query,
      removed,
      official,
      turn: setOn,
      write: setOwn,
      keepOfficial: setOfficial,
      lackAt: (level) => {
        if (!on) return null;
        if (!isAtMost(level, highest)) return "level";
        if (coming) return "proposing";
        return query.trim().length < LEAST ? "empty" : null;
      },
      toAsk: () => (on ? { web: { query: query.trim(), tiers: official ? ["official"] : [] } } : {}),
      release: () => setOwn(null),
    };
  }, [search, on, query, removed, official, coming]);
}
