/**
 * A conversation is a tree of turns; what is read is one path from its beginning to the head. An edit starts a sibling
 * with another question; a retry, a sibling with the same question.
 */
import type { Turn } from "#/api/types";

/** Versions of one thing, oldest first; `index` is the one shown. Each is a turn to go to. */
export interface Versions {
  readonly ids: readonly string[];
  readonly index: number;
}

/** The turns from the beginning to `headId`, in reading order. */
export function pathTo(turns: readonly Turn[], headId: string | null): readonly Turn[] {
  const byId = new Map(turns.map((turn) => [turn.id, turn]));
  const path: Turn[] = [];
  let turn = headId === null ? undefined : byId.get(headId);
  while (turn && path.length <= turns.length) {
    path.push(turn);
    turn = turn.parent_id === null ? undefined : byId.get(turn.parent_id);
  }
  return path.reverse();
}

/** The turns that follow each turn (or, for null, begin the conversation), oldest first. */
export type Children = ReadonlyMap<string | null, readonly Turn[]>;

export function childrenOf(turns: readonly Turn[]): Children {
  const children = new Map<string | null, Turn[]>();
  for (const turn of turns) children.set(turn.parent_id, [...(children.get(turn.parent_id) ?? []), turn]);
  for (const siblings of children.values()) siblings.sort(byAge);
  return children;
}

/** The answers to the same question, after the same beginning. */
export function answerVersions(children: Children, turn: Turn): Versions {
  const same = (children.get(turn.parent_id) ?? []).filter((one) => one.question_id === turn.question_id);
  const ids = same.map((one) => one.id);
  return { ids, index: ids.indexOf(turn.id) };
}

/** The questions asked at the same place; each is represented by its last answer. */
export function questionVersions(children: Children, turn: Turn): Versions {
  const last = new Map<string, string>();
  for (const one of children.get(turn.parent_id) ?? []) last.set(one.question_id, one.id);
  return { ids: [...last.values()], index: [...last.keys()].indexOf(turn.question_id) };
}

/** Where reading goes on after choosing a turn: the newest end of what follows it. */
export function newestEnd(turns: readonly Turn[], id: string): string {
  const children = childrenOf(turns);
  let end = id;
  for (;;) {
    const next = children.get(end)?.at(-1);
    if (!next) return end;
    end = next.id;
  }
}

/** Identifiers are UUIDv7: they sort by time. */
function byAge(a: Turn, b: Turn): number {
  return a.id < b.id ? -1 : 1;
}
