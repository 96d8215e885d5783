// @vitest-environment jsdom
/** A summary on the screen: numbers that open their page, what nothing holds and why, what was not read. */
import { fireEvent, screen, waitFor } from "@testing-library/react";
import { beforeEach, expect, test, vi } from "vitest";
import type { Citation, DeskSummary, Work } from "#/api/types";
import { OpenSourceContext } from "#/features/sources/opening";
import { render } from "#/testing/render";
import { SummaryExports } from "./SummaryExports";
import { SummaryResult } from "./SummaryResult";
import { unheldOf } from "./unheld";

const TEXT = "Le budget de 250 000 euros est adopté [1]. Le ministre a promis 900 000 euros [2].";
const blank = { message_id: null, source_start: 0, source_end: 9, marker_start: null, marker_end: null } as const;
const checks: readonly Citation[] = [
  { ...blank, start: 0, end: 42, verified: true, number: 1, marker_start: 38, marker_end: 41, file_id: "f1", page: 3 },
  { ...blank, start: 43, end: 82, verified: false, reason: "figures_absent", number: 2, file_id: "f1", page: 1 },
];
const summary: DeskSummary = {
  text: TEXT,
  is_partial: false,
  checks,
  statements: 2,
  held: 1,
  coverage: [
    {
      file_id: "f1",
      name: "séance.pdf",
      pages: 9,
      passages: 12,
      read: 10,
      cited: 1,
      same: 0,
      cited_pages: [3],
      unread: [{ first: 8, last: 9, reason: "beyond_limit" }],
    },
  ],
  notices: ["bounded"],
};
const work = { id: "w1", kind: "summarise", state: "done", done: 3, to: "fr", form: "page" } as unknown as Work;

beforeEach(() => {
  // jsdom has none.
  vi.stubGlobal("CSS", { escape: (name: string) => name });
});

function show(told: DeskSummary | null, given: Work = work) {
  const open = vi.fn();
  const done = given.state === "running" ? given.done : -1;
  render(
    <OpenSourceContext value={open}>
      <SummaryExports work={given} />
      <SummaryResult work={given} />
    </OpenSourceContext>,
    { server: told ? [[["writing", "works", "w1", "summary", given.state, done], told]] : [] },
  );
  return open;
}

test("a statement opens its page, and what nothing holds is told with its reason", async () => {
  const open = show(summary);
  const number = await waitFor(() => screen.getByRole("button", { name: /^Citation 1/ }), { timeout: 5_000 });
  fireEvent.click(number);
  expect(open).toHaveBeenCalledWith({ turnKey: "w1", index: 0, fileId: null }, expect.anything());
  expect(screen.getByText(/1 affirmation sur 2 est tenue par un passage/)).toBeTruthy();
  const unheld = screen.getAllByText(/900 000 euros/).map(({ textContent }) => textContent);
  expect(unheld.some((words) => words?.includes("n’est pas dans le passage"))).toBe(true);
});

test("what was read of each document is told, what was not too, and it may be taken away", () => {
  const open = show(summary);
  expect(screen.getByText(/10 passages lus sur 12/).textContent).toContain("page citée\u202f: 3");
  expect(screen.getByText(/Pages 8 à 9\s: au-delà de ce qu’un résumé lit/)).toBeTruthy();
  expect(screen.getByText(/la fin n’a pas été lue/)).toBeTruthy();
  const links = screen.getAllByRole("link").map((link) => link.getAttribute("href"));
  expect(links).toEqual(["odt", "docx", "md"].map((form) => `/api/writing/summaries/w1/file?form=${form}`));
  fireEvent.click(screen.getByRole("button", { name: "séance.pdf" }));
  expect(open).toHaveBeenCalledWith({ turnKey: "w1", index: null, fileId: "f1" }, expect.anything());
});

test("while it is written, the notes taken so far, and nothing to take away", () => {
  const running = { ...work, state: "running" } as Work;
  show({ ...summary, is_partial: true, coverage: [], notices: [] }, running);
  expect(screen.getByRole("heading", { name: "Notes prises jusqu’ici" })).toBeTruthy();
  expect(screen.queryByRole("link")).toBeNull();
});

test("before the first note, that it is coming; identical versions, that they are", () => {
  show({ ...summary, is_partial: true, text: "", checks: [] }, { ...work, state: "running" } as Work);
  expect(screen.getByText("Les premières notes arrivent.")).toBeTruthy();
  show({ ...summary, text: "", checks: [], statements: 0, held: 0, notices: ["identical"] });
  expect(screen.getByText("Les deux documents disent la même chose, mot pour mot.")).toBeTruthy();
});

test("a sentence that one of its passages holds is not among those to check", () => {
  const both = [...checks, { ...blank, start: 43, end: 82, verified: true, number: 3 }];
  expect(unheldOf(TEXT, both)).toEqual([]);
  expect(unheldOf(TEXT, checks)).toEqual([
    { start: 43, words: "Le ministre a promis 900 000 euros.", reason: "figures_absent" },
  ]);
});
