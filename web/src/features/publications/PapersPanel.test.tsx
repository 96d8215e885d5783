/** A table says what each paper says, and that the others do not; what was fetched of each, or why not. */
import { screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test } from "vitest";
import { json, scriptedServer } from "#/features/turn/testing/scriptedServer";
import { render } from "#/testing/render";
import { PapersPanel } from "./PapersPanel";

const server = scriptedServer();
const record = { title: "Équité à la marge", missing: [], is_retracted: true, authors: [{ name: "Zoé Lefèvre" }] };
const paper = { id: "p1", document_id: "d1", text_document_id: null, record, text: "none", reason: "licence_unknown" };
const base = { id: "b1", name: "Corpus", part: "curator" };

test("papers of a base are listed with what is missing, and compared", async () => {
  server.paths["/api/collections/b1/papers"] = json({ items: [{ ...paper, created_at: "2026-01-01" }], more: false });
  const held = [{ number: 1, paper_id: "p1", file_id: "f", page: 3, start: 0, end: 4, text: "Les mots." }];
  server.paths["/api/collections/b1/papers/p1/figures"] = json({ items: [], is_reading: false });
  server.paths["/api/collections/b1/papers/cells"] = json({
    text: "Par sondage [1].",
    is_said: true,
    held,
    dropped: 0,
  });
  const user = userEvent.setup();
  render(<PapersPanel />, { server: [[["collections", "readable", ""], { items: [base], next_cursor: null }]] });
  await user.selectOptions(screen.getByLabelText("Base de documents"), "b1");
  await screen.findByText(/aucune licence connue/);
  await user.type(screen.getByLabelText(/Vos questions/), "Quelle méthode ?");
  await user.click(screen.getByRole("button", { name: "Interroger 1 publication" }));
  await waitFor(() => expect(screen.getByText("Par sondage [1].")).toBeTruthy());
  expect(screen.getByRole("columnheader", { name: "Quelle méthode ?" })).toBeTruthy();
  expect(screen.getByRole("rowheader", { name: /\(rétracté\)/ })).toBeTruthy();
  expect(screen.getByText(/p\.\s3/)).toBeTruthy();
  expect(screen.getByText(/Aucune figure, aucun tableau/)).toBeTruthy();
  const asked = server.requests.find(({ path }) => path.endsWith("/cells"));
  expect(asked?.body).toEqual({ paper_id: "p1", question: "Quelle méthode ?" });
});
