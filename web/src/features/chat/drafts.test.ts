import { describe, expect, test } from "vitest";
import { clearDrafts, readDraft, writeDraft } from "./drafts";

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

  test("signing out clears them, and only them, for good", () => {
    localStorage.setItem("chatelet:preferences", "{}");
    writeDraft("ada", "new", "un");
    writeDraft("bob", "c1", "deux");
    clearDrafts();
    writeDraft("ada", "new", "encore un mot, avant que la page ne parte");
    expect(Object.keys(localStorage)).toEqual(["chatelet:preferences"]);
  });
});
