import { describe, expect, test } from "vitest";
import { clearDrafts, NEW, readDraft, readDraftLevel, writeDraft, writeDraftLevel } from "./drafts";

describe("drafts", () => {
  test("are kept by person and by conversation", () => {
    writeDraft("ada", "new", "première");
    writeDraft("ada", "c1", "deuxième");
    writeDraft("bob", "new", "troisième");
    expect([readDraft("ada", "new"), readDraft("ada", "c1"), readDraft("bob", "new"), readDraft("bob", "c1")]).toEqual([
      "première",
      "deuxième",
      "troisième",
      "",
    ]);
  });

  test("an empty text leaves nothing behind", () => {
    writeDraft("ada", "new", "un mot");
    writeDraft("ada", "new", "  \n");
    expect(localStorage.length).toBe(0);
  });

  test("keep their level with their words, and not longer", () => {
    writeDraftLevel("ada", "restricted");
    expect(readDraftLevel("ada")).toBeNull();
    writeDraft("ada", NEW, "une note sensible");
    expect([readDraftLevel("ada"), readDraftLevel("bob")]).toEqual(["restricted", null]);
    writeDraftLevel("ada", null);
    expect(readDraftLevel("ada")).toBeNull();
    localStorage.setItem("chatelet:draft:ada:new:level", "inventé");
    expect(readDraftLevel("ada")).toBeNull();
    localStorage.clear();
  });

  test("signing out clears them, and only them, for good", () => {
    localStorage.setItem("chatelet:preferences", "{}");
    writeDraft("ada", "new", "un");
    writeDraft("bob", "c1", "deux");
    clearDrafts();
    writeDraft("ada", "new", "encore un mot, avant que la page ne parte");
    expect(Object.keys(localStorage)).toEqual(["chatelet:preferences"]);
  });
});
