import { expect, test } from "vitest";
import type { Messages } from "#/i18n";
import en from "#/i18n/en";
import fr from "#/i18n/fr";
import { withLevelNames } from "./levelNames";

const renamed = {
  restricted: { name: { fr: "C2 – Confidentiel", en: "C2 – Confidential" }, about: { fr: "Dossiers.", en: null } },
};

test("a level is shown under the institution's name, the others under ours", () => {
  const words = withLevelNames(fr, "fr", renamed).models;
  expect(words.levels.restricted).toBe("C2 – Confidentiel");
  expect(words.levelWords.restricted).toBe("Dossiers.");
  expect(words.levels.internal).toBe(fr.models.levels.internal);
});

test("what is not said in a language stays ours", () => {
  const words = withLevelNames(en as unknown as Messages, "en", renamed).models;
  expect(words.levels.restricted).toBe("C2 – Confidential");
  expect(words.levelWords.restricted).toBe(en.models.levelWords.restricted);
});

test("nothing is made where nothing is renamed", () => {
  expect(withLevelNames(fr, "fr")).toBe(fr);
});
