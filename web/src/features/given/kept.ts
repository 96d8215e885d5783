/** What is given with a draft, kept beside its text on this device: files by their identifiers, chosen document bases. */
import type { Collection, Level } from "#/api/types";
import { readDraft, writeDraft } from "#/features/chat/drafts";
import { LEVELS } from "#/features/inference/choice";

export interface ChosenCollection {
  readonly id: string;
  readonly name: string;
  readonly level: Level;
  /** It is searched alone. */
  readonly closed?: boolean;
}

export const asChosen = ({ id, name, level, closed }: Collection): ChosenCollection => ({ id, name, level, closed });

/** One more base: a closed one takes the place of the others, another one that of a closed one. */
export function withOneMore(chosen: readonly ChosenCollection[], one: Collection): readonly ChosenCollection[] {
  return [...(one.closed ? [] : chosen.filter(({ closed }) => !closed)), asChosen(one)];
}

export function readKeptFiles(personId: string, place: string): readonly string[] {
  return readList(personId, `${place}:files`).filter((one) => typeof one === "string");
}

export function keepFiles(personId: string, place: string, ids: readonly string[]): void {
  keepList(personId, `${place}:files`, ids);
}

/** The bases chosen for the next question of a conversation. */
export function readKeptCollections(personId: string, place: string): readonly ChosenCollection[] {
  return readList(personId, `${place}:collections`).filter(isChosen);
}

export function keepCollections(personId: string, place: string, chosen: readonly ChosenCollection[]): void {
  keepList(personId, `${place}:collections`, chosen);
}

function readList(personId: string, place: string): readonly unknown[] {
  try {
    const kept: unknown = JSON.parse(readDraft(personId, place) || "[]");
    return Array.isArray(kept) ? kept : [];
  } catch {
    return [];
  }
}

function keepList(personId: string, place: string, list: readonly unknown[]): void {
  writeDraft(personId, place, list.length === 0 ? "" : JSON.stringify(list));
}

function isChosen(one: unknown): one is ChosenCollection {
  if (typeof one !== "object" || one === null) return false;
  const { id, name, level } = one as Partial<Record<keyof ChosenCollection, unknown>>;
  return typeof id === "string" && typeof name === "string" && LEVELS.some((known) => known === level);
}
