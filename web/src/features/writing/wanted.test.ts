import { describe, expect, test } from "vitest";
import { newUpload } from "#/features/files/upload";
import { FRESH, wantedWork } from "./wanted";

const sent = { ...newUpload({ key: "a", name: "note.docx", size: 3 }), id: "f1" };

describe("what is asked of the desk", () => {
  test("nothing, while there are no words nor file", () => {
    expect(wantedWork({ ...FRESH, text: "  \n" }, null)).toBeNull();
    expect(wantedWork(FRESH, { ...sent, phase: "arrived" })).toBeNull();
  });

  test("a text to translate, without what was not chosen", () => {
    expect(wantedWork({ ...FRESH, text: "Bonjour" }, null)).toEqual({
      kind: "translate",
      text: "Bonjour",
      to: "en",
      formality: "default",
      plain: false,
      visible_mark: false,
    });
  });

  test("a file to translate with a glossary and a memory", () => {
    const wanted = { ...FRESH, source: "fr", glossary: "g1", memory: "m1", text: "oublié" };
    expect(wantedWork(wanted, { ...sent, phase: "read" })).toEqual({
      kind: "translate",
      file_id: "f1",
      source: "fr",
      to: "en",
      formality: "default",
      plain: false,
      visible_mark: true,
      glossary_ids: ["g1"],
      memory_id: "m1",
    });
  });

  test("a PDF says what it comes back as", () => {
    const pdf = { ...sent, name: "note.PDF", phase: "read" } as const;
    expect(wantedWork(FRESH, pdf)).toMatchObject({ file_id: "f1", pdf_as: "pdf" });
    expect(wantedWork({ ...FRESH, pdf: "docx" }, pdf)).toMatchObject({ pdf_as: "docx" });
  });

  test("a rewriting keeps its language", () => {
    const wanted = { ...FRESH, kind: "rewrite", text: "Bonjour", style: "falc", track: true } as const;
    expect(wantedWork(wanted, null)).toEqual({
      kind: "rewrite",
      text: "Bonjour",
      style: "falc",
      track: true,
      visible_mark: false,
    });
  });
});
