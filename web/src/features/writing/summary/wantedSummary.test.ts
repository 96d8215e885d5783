import { describe, expect, test } from "vitest";
import { newUpload } from "#/features/files/upload";
import { FRESH_SUMMARY, lackingOf, wantedSummary } from "./wantedSummary";

const sent = { ...newUpload({ key: "a", name: "note.pdf", size: 3 }), id: "f1", phase: "read" } as const;

describe("what is asked of a summary", () => {
  test("nothing, while there is nothing to read, or a file is not read yet", () => {
    expect(lackingOf({ ...FRESH_SUMMARY, text: " \n" }, [])).toBe("nothing");
    expect(lackingOf(FRESH_SUMMARY, [{ ...sent, phase: "arrived" }])).toBe("reading");
    expect(wantedSummary(FRESH_SUMMARY, [{ ...sent, phase: "failed" }])).toBeNull();
  });

  test("two documents at least are compared", () => {
    const wanted = { ...FRESH_SUMMARY, form: "comparison" } as const;
    expect(lackingOf(wanted, [sent])).toBe("two");
    expect(lackingOf({ ...wanted, text: "Un texte." }, [])).toBe("two");
    expect(wantedSummary({ ...wanted, own: ["f0"] }, [sent])?.file_ids).toEqual(["f0", "f1"]);
  });

  test("files rather than a text, each once, and nothing that was not declared", () => {
    const wanted = { ...FRESH_SUMMARY, text: "oublié", own: ["f1", "f2"], to: "en", length: "short" } as const;
    expect(wantedSummary(wanted, [sent])).toEqual({
      file_ids: ["f1", "f2"],
      form: "key-points",
      length: "short",
      audience: "usual",
      to: "en",
    });
    expect(wantedSummary({ ...FRESH_SUMMARY, text: "Bonjour" }, [])).toEqual({
      text: "Bonjour",
      form: "key-points",
      length: "usual",
      audience: "usual",
    });
  });
});
