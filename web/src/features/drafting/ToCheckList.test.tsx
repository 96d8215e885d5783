/** What must be checked is grouped, what came from nowhere stands first and says so, each leads to its place. */
import { screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test, vi } from "vitest";
import type { ToCheck } from "#/api/types";
import { render } from "#/testing/render";
import { FormField } from "./FormField";
import { ToCheckList } from "./ToCheckList";

const found = (kind: ToCheck["kind"], words: string, given: boolean, start: number): ToCheck => ({
  kind,
  words,
  given,
  start,
  end: start + words.length,
});

test("what was not given stands first, and leads to its place", async () => {
  const shown = vi.fn();
  const findings = [found("name", "Marie Dupont", true, 0), found("name", "Paul Durand", false, 40)];
  render(<ToCheckList findings={findings} onShow={shown} />);
  const names = screen.getAllByRole("button").map((one) => one.textContent);
  expect(names).toEqual(["Paul Durand", "Marie Dupont"]);
  expect(screen.getAllByText("n’est pas dans ce que vous avez donné")).toHaveLength(1);
  await userEvent.click(screen.getByRole("button", { name: /Paul Durand/ }));
  expect(shown).toHaveBeenCalledWith(findings[1]);
});

test("the same words are told once, with how often they come", () => {
  const dates = [0, 20, 40].map((start) => found("date", "1er mars 2027", true, start));
  render(<ToCheckList findings={[...dates, found("date", "2 mars 2027", true, 60)]} onShow={() => undefined} />);
  expect(screen.getAllByRole("button").map((one) => one.textContent)).toEqual(["1er mars 2027 × 3", "2 mars 2027"]);
});

test("an empty list still asks to read again", () => {
  render(<ToCheckList findings={[]} onShow={() => undefined} />);
  expect(screen.getByText(/Relisez tout de même/)).toBeTruthy();
});

test("a choice offers its answers, a date is a date", () => {
  const field = { name: "tone", label: "Ton", required: false, help: "", choices: ["Neutre", "Ferme"] };
  render(
    <>
      <FormField field={{ ...field, kind: "choice" }} value="" onChange={() => undefined} />
      <FormField field={{ ...field, label: "Date", kind: "date", choices: [] }} value="" onChange={() => undefined} />
    </>,
  );
  expect(screen.getAllByRole("option").map((one) => one.textContent)).toEqual(["—", "Neutre", "Ferme"]);
  expect(screen.getByLabelText("Date (facultatif)").getAttribute("type")).toBe("date");
});
