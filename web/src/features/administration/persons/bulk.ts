/** A change for several persons: for whom it will be done, who is left out and why; then what came of it. Pure. */
import type { BulkChange, Outcome } from "#/api/bulk";
import type { ListedPerson } from "#/api/types";

export type BulkKind = BulkChange["kind"];

/** Why somebody is left out before anything is asked of the server. */
export type Skip = "self" | "already";

export interface PlannedLine {
  readonly person: ListedPerson;
  readonly skip: Skip | null;
}

/** `me`: disabling oneself, or having one's rights changed, would end the session in the middle of the work. */
export function plan(kind: BulkKind, persons: readonly ListedPerson[], me: string): readonly PlannedLine[] {
  return persons.map((person) => ({ person, skip: skipOf(kind, person, me) }));
}

function skipOf(kind: BulkKind, { id, state }: ListedPerson, me: string): Skip | null {
  if (id === me && (kind === "disable" || kind === "give")) return "self";
  if ((kind === "disable" && state === "disabled") || (kind === "enable" && state === "active")) return "already";
  return null;
}

export function toDo(lines: readonly PlannedLine[]): readonly string[] {
  return lines.flatMap(({ person, skip }) => (skip === null ? [person.id] : []));
}

export interface ReportLine {
  readonly person: ListedPerson;
  readonly result: "done" | "refused" | "untried" | Skip;
  readonly error: unknown;
}

/** One line a person, refusals first: they are what is left to do. */
export function report(lines: readonly PlannedLine[], outcomes: readonly Outcome[]): readonly ReportLine[] {
  const of = new Map(outcomes.map((one) => [one.person, one]));
  const told = lines.map(({ person, skip }): ReportLine => {
    const outcome = of.get(person.id);
    if (skip !== null) return { person, result: skip, error: null };
    if (!outcome) return { person, result: "untried", error: null };
    return { person, result: outcome.error === null ? "done" : "refused", error: outcome.error };
  });
  const order = ["refused", "untried", "self", "already", "done"];
  return [...told].sort((a, b) => order.indexOf(a.result) - order.indexOf(b.result));
}

export function countOf(lines: readonly ReportLine[], result: ReportLine["result"]): number {
  return lines.filter((line) => line.result === result).length;
}

/** What undoes a change, when it can be undone for everybody alike. */
export function opposite({ kind }: BulkChange): BulkChange | null {
  if (kind === "disable") return { kind: "enable" };
  return kind === "enable" ? { kind: "disable" } : null;
}
