/** What changed between two texts, line by line: the longest common subsequence, as `diff` tells it. */

export interface Line {
  readonly kind: "same" | "added" | "removed";
  readonly text: string;
}

/** Beyond this many lines on a side, the texts are told whole rather than compared. */
const LONGEST = 1_500;

export function compareLines(before: string, after: string): readonly Line[] {
  const old = before === "" ? [] : before.split("\n");
  const fresh = after === "" ? [] : after.split("\n");
  if (old.length > LONGEST || fresh.length > LONGEST) return [...lines("removed", old), ...lines("added", fresh)];
  return walk(old, fresh, lengths(old, fresh));
}

function lengths(old: readonly string[], fresh: readonly string[]): readonly Uint16Array[] {
  const table = Array.from({ length: old.length + 1 }, () => new Uint16Array(fresh.length + 1));
  for (let i = old.length - 1; i >= 0; i--) {
    for (let j = fresh.length - 1; j >= 0; j--) {
      const longer = Math.max(at(table, i + 1, j), at(table, i, j + 1));
      (table[i] as Uint16Array)[j] = old[i] === fresh[j] ? at(table, i + 1, j + 1) + 1 : longer;
    }
  }
  return table;
}

function walk(old: readonly string[], fresh: readonly string[], table: readonly Uint16Array[]): readonly Line[] {
  const told: Line[] = [];
  let i = 0;
  let j = 0;
  while (i < old.length && j < fresh.length) {
    if (old[i] === fresh[j]) {
      told.push({ kind: "same", text: old[i] ?? "" });
      i++;
      j++;
    } else if (at(table, i + 1, j) >= at(table, i, j + 1)) told.push({ kind: "removed", text: old[i++] ?? "" });
    else told.push({ kind: "added", text: fresh[j++] ?? "" });
  }
  return [...told, ...lines("removed", old.slice(i)), ...lines("added", fresh.slice(j))];
}

function at(table: readonly Uint16Array[], i: number, j: number): number {
  return table[i]?.[j] ?? 0;
}

function lines(kind: Line["kind"], texts: readonly string[]): readonly Line[] {
  return texts.map((text) => ({ kind, text }));
}
