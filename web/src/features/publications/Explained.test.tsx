/** What was seen, what no passage holds and why: told in words, never mixed with what the paper says. */
import { screen, within } from "@testing-library/react";
import { expect, test } from "vitest";
import type { PaperExplanation } from "#/api/types";
import { render } from "#/testing/render";
import { Explained } from "./Explained";

const about = { kind: "table", number: "2", caption: "Tableau 2 – Profondeurs", page: 4, mentions: 0 } as const;
const passage = { number: 1, paper_id: "p", file_id: "f", page: 4, start: 0, end: 4, text: "Les mots." };
const held = [passage];
const said: PaperExplanation = {
  about,
  text: "Il donne les profondeurs [1].",
  is_said: true,
  held,
  unheld: [
    { text: "Une barre est rouge.", reason: "no_source" },
    { text: "La figure 9 aussi.", reason: "number_unknown" },
  ],
  quoted: [{ ...passage, number: 2, text: "Comme le montre le tableau 2, la profondeur croît." }],
  seen: true,
  unseen: null,
};

test("what a model saw by itself stands apart, with the reason", () => {
  render(<Explained explanation={said} />);
  const told = screen.getByRole("article", { name: "Explication – Tableau 2" });
  expect(within(told).getByText("Il donne les profondeurs [1].")).toBeTruthy();
  expect(within(told).queryByRole("region")).toBeNull();
  expect(within(told).getByText(/La page a été regardée/)).toBeTruthy();
  expect(within(told).getByText(/nulle part ailleurs/)).toBeTruthy();
  const [seen, invented] = within(told).getAllByRole("listitem");
  expect(seen?.textContent).toContain("Aucun passage lu ne dit");
  expect(invented?.textContent).toContain("qu’aucun passage lu ne nomme");
});

test("nothing held is nothing explained, and a page that was not looked at is told", () => {
  const nothing: PaperExplanation = { ...said, text: "", is_said: false, held: [], seen: false, unseen: "no_page" };
  render(<Explained explanation={nothing} />);
  expect(screen.getByText(/rien n’est expliqué/)).toBeTruthy();
  const own = screen.getByRole("region", { name: "Ce que la publication en dit, mot à mot" });
  expect(own.textContent).toContain("la profondeur croît. (p.\u202f4)");
  expect(screen.getByText(/n’a pas été regardée/)).toBeTruthy();
  expect(screen.queryByText(/cité/)).toBeNull();
});
