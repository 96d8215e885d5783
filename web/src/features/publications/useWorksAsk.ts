/**
 * The search of publications that goes with the question being written: off until the person wants it, its words proposed
 * from the draft, theirs as soon as they touch them. What they see is what leaves; above the level that the services may
 * receive, the copy kept here is searched alone, where there is one.
 */
import { useMemo, useState } from "react";
import { useScholarlyDesk } from "#/api/scholarly";
import type { AskedWorks, Level } from "#/api/types";
import { useProposedQuery, type WrittenIn } from "#/api/web";
import { isAtMost } from "#/features/inference/choice";
import { useSettled } from "#/ui/useSettled";

const AT_REST_MILLISECONDS = 400;
const LEAST = 2;

/** Why the question cannot leave with its search. */
export type WorksLack = "level" | "proposing" | "empty";
type SourceName = NonNullable<ReturnType<typeof useScholarlyDesk>["data"]>["sources"][number];

export interface WorksAsk {
  /** Where works are looked for, the copy kept here among them; none where the desk is closed. */
  readonly sources: readonly SourceName[];
  readonly highest: Level;
  readonly on: boolean;
  readonly query: string;
  /** What was taken out of the proposed words: how many names, identifiers, secrets. */
  readonly removed: number;
  readonly turn: (on: boolean) => void;
  readonly write: (query: string) => void;
  readonly lackAt: (level: Level) => WorksLack | null;
  /** Nothing leaves: only the copy kept here is searched. */
  readonly staysAt: (level: Level) => boolean;
  readonly toAsk: () => { readonly publications?: AskedWorks };
  /** The question left: the next one has words of its own. */
  readonly release: () => void;
}

const NONE: readonly SourceName[] = [];

export function useWorksAsk(draft: string, place: WrittenIn): WorksAsk {
  const { data: desk } = useScholarlyDesk();
  const [on, setOn] = useState(false);
  const [own, setOwn] = useState<string | null>(null);
  const words = draft.trim();
  const settled = useSettled(words, AT_REST_MILLISECONDS);
  const proposed = useProposedQuery(settled, place, on && own === null);
  const coming = own === null && words !== "" && (settled !== words || proposed.isFetching);
  const found = own === null && words !== "" ? proposed.data : undefined;
  const query = own ?? found?.query ?? "";
  const removed = Object.values(found?.removed ?? {}).reduce((sum, count) => sum + count, 0);
  return useMemo(() => {
    const sources = desk?.open ? desk.sources : NONE;
    const highest = desk?.highest_level ?? "public";
    const mirrored = sources.includes("mirror");
    return {
      sources,
      highest,
      on,
      query,
      removed,
      turn: setOn,
      write: setOwn,
      lackAt: (level) => {
        if (!on) return null;
        if (!isAtMost(level, highest) && !mirrored) return "level";
        if (coming) return "proposing";
        return query.trim().length < LEAST ? "empty" : null;
      },
      staysAt: (level) => mirrored && (sources.length === 1 || !isAtMost(level, highest)),
      toAsk: () => (on ? { publications: { query: query.trim() } } : {}),
      release: () => setOwn(null),
    };
  }, [desk, on, query, removed, coming]);
}
