import { describe, expect, test } from "vitest";
import { summary } from "#/testing/samples";
import { groupByAge } from "./groups";

const now = new Date(2026, 10, 22, 9, 30);
const at = (id: string, updated: Date, pinned = false) => ({
  ...summary,
  id,
  pinned,
  updated_at: updated.toISOString(),
});

describe("groupByAge", () => {
  test("follows the reader's calendar days", () => {
    const groups = groupByAge(
      [
        at("pinned", new Date(2025, 0, 1), true),
        at("midnight", new Date(2026, 10, 22, 0, 0)),
        at("late yesterday", new Date(2026, 10, 21, 23, 59)),
        at("six days ago", new Date(2026, 10, 16, 0, 0)),
        at("seven days ago", new Date(2026, 10, 15, 23, 59)),
        at("thirty days ago", new Date(2026, 9, 23, 12)),
        at("thirty-one days ago", new Date(2026, 9, 22, 12)),
        at("last year", new Date(2025, 9, 30)),
      ],
      now,
    );
    expect(groups.map(({ name, items }) => [name, items.map((one) => one.id)])).toEqual([
      ["pinned", ["pinned"]],
      ["today", ["midnight"]],
      ["yesterday", ["late yesterday"]],
      ["week", ["six days ago"]],
      ["month", ["seven days ago", "thirty days ago"]],
      [null, ["thirty-one days ago"]],
      [null, ["last year"]],
    ]);
  });

  test("a clock a little behind the server's does not lose a conversation", () => {
    const [group] = groupByAge([at("future", new Date(2026, 10, 22, 9, 31))], now);
    expect(group?.name).toBe("today");
  });

  test("nothing gives nothing", () => {
    expect(groupByAge([], now)).toEqual([]);
  });
});
