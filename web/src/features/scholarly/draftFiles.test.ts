import { expect, test } from "vitest";
import type { DraftReport } from "#/api/types";
import { oneDraft, pasted, toWrite } from "./draftFiles";

test("LaTeX goes with its bibliography, whatever the order in which they are chosen", async () => {
  const files = [new File(["@article{a}"], "refs.bib"), new File(["\\cite{a}"], "article.tex")];
  const one = await oneDraft(files);
  expect(one?.name).toBe("article.tex");
  expect(await one?.text()).toBe("\\cite{a}\n\n@article{a}");
});

test("two drafts are refused, one goes as it is", async () => {
  const word = new File(["PK"], "a.docx");
  expect(await oneDraft([word])).toBe(word);
  expect(await oneDraft([word, new File(["x"], "b.docx")])).toBeNull();
  expect(await oneDraft([])).toBeNull();
});

test("what is pasted is told by what it is", () => {
  expect(pasted("Voir \\cite{a}").name).toBe("draft.tex");
  expect(pasted("@book{a, title={T}}").name).toBe("draft.bib");
  expect(pasted("TY  - JOUR\nTI  - T").name).toBe("draft.ris");
  expect(pasted("Références\n\nNiu, Z. (2021).").name).toBe("draft.txt");
});

test("a report is given back without what the server does not take", () => {
  const work = { title: "T", authors: [], missing: ["year"], is_retracted: false };
  const report = {
    references: [
      {
        written: "N",
        key: null,
        label: "1",
        verdict: "found",
        flaws: [],
        work,
        answered: [],
        calls: 1,
        proposal: null,
      },
    ],
    calls: 1,
    absent: [],
    uncalled: [],
    claims: [],
    left_out: [],
    has_heading: true,
  } as unknown as DraftReport;
  const body = toWrite(report, "csv", "fr");
  expect(Object.keys(body)).toEqual(["format", "language", "references", "absent", "uncalled", "claims"]);
  expect(body.references[0]).not.toHaveProperty("answered");
  expect(body.references[0]?.work).toEqual({ title: "T", authors: [] });
});
