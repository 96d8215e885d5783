/** The keys of a tree (WAI-ARIA): what each does from where the focus is. Pure, so that it is tested without a screen. */

/** A row as it shows, from top to bottom. */
export interface TreeRow {
  readonly id: string;
  readonly level: number;
  readonly name: string;
  /** Null when there is nothing under it. */
  readonly expanded: boolean | null;
}

export type TreeMove =
  | { readonly kind: "focus"; readonly at: number }
  | { readonly kind: "expand" | "collapse"; readonly id: string };

export function moveOf(key: string, rows: readonly TreeRow[], at: number): TreeMove | null {
  const row = rows[at];
  if (!row) return null;
  switch (key) {
    case "ArrowDown":
      return focus(rows, at + 1);
    case "ArrowUp":
      return focus(rows, at - 1);
    case "Home":
      return focus(rows, 0);
    case "End":
      return focus(rows, rows.length - 1);
    case "ArrowRight":
      return row.expanded === false ? { kind: "expand", id: row.id } : row.expanded ? focus(rows, at + 1) : null;
    case "ArrowLeft":
      return row.expanded ? { kind: "collapse", id: row.id } : focus(rows, parentOf(rows, at));
    default:
      return key.length === 1 && key.trim() !== "" ? focus(rows, nextNamed(rows, at, key)) : null;
  }
}

function focus(rows: readonly TreeRow[], at: number): TreeMove | null {
  return at >= 0 && at < rows.length ? { kind: "focus", at } : null;
}

function parentOf(rows: readonly TreeRow[], at: number): number {
  const level = rows[at]?.level ?? 1;
  return rows.slice(0, at).findLastIndex((row) => row.level < level);
}

/** The next row whose name begins with a letter, round the end of the tree. */
function nextNamed(rows: readonly TreeRow[], at: number, letter: string): number {
  const wanted = fold(letter);
  const order = rows.map((_, step) => (at + 1 + step) % rows.length);
  return order.find((one) => fold(rows[one]?.name ?? "").startsWith(wanted)) ?? -1;
}

function fold(text: string): string {
  return text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
}
