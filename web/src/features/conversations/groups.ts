/** Groups a list by age in the reader's own days: pinned, today, yesterday, this week, this month, then month by month. */
import type { Summary } from "#/api/types";

export type GroupName = "pinned" | "today" | "yesterday" | "week" | "month";

export interface Group {
  readonly key: string;
  /** A month that has passed has no name of its own: `since` says which. */
  readonly name: GroupName | null;
  readonly since: Date;
  readonly items: readonly Summary[];
}

const DAY = 86_400_000;

/** `items` come in the order of the server; groups keep it. */
export function groupByAge(items: readonly Summary[], now: Date): readonly Group[] {
  const groups = new Map<string, { name: GroupName | null; since: Date; items: Summary[] }>();
  for (const item of items) {
    const since = new Date(item.updated_at);
    const name = item.pinned ? "pinned" : ageName(since, now);
    const key = name ?? `${since.getFullYear()}-${since.getMonth()}`;
    const group = groups.get(key) ?? { name, since, items: [] };
    group.items.push(item);
    groups.set(key, group);
  }
  return [...groups].map(([key, group]) => ({ key, ...group }));
}

function ageName(date: Date, now: Date): GroupName | null {
  const midnight = new Date(now.getFullYear(), now.getMonth(), now.getDate()).getTime();
  const time = date.getTime();
  if (time >= midnight) return "today";
  // A day may last 23 or 25 hours: the calendar says which day it was.
  const daysAgo = Math.round((midnight - startOfDay(date)) / DAY);
  if (daysAgo <= 1) return "yesterday";
  if (daysAgo < 7) return "week";
  return daysAgo < 31 ? "month" : null;
}

function startOfDay(date: Date): number {
  return new Date(date.getFullYear(), date.getMonth(), date.getDate()).getTime();
}
