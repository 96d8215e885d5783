import { expect, test } from "vitest";
import { withLevelNames } from "#/features/preferences/levelNames";
import { loadMessages, withWords } from "./loading";

test("words come with what says them, in the same object, and in the language changed to", async () => {
  const words = await loadMessages("fr");
  const renamed = withLevelNames(words, "fr", { internal: { name: { fr: "C1", en: "C1" }, about: {} } } as never);
  expect(words.chat.send).toBe("Envoyer");
  expect(words.writing).toBeUndefined();
  await expect(withWords(["desk"], () => Promise.resolve("screen"))()).resolves.toBe("screen");
  expect(words.writing.title).toBe("Bureau d’écriture");
  expect(renamed.writing.title).toBe("Bureau d’écriture");
  expect(renamed.models.levels.internal).toBe("C1");
  const english = await loadMessages("en");
  expect(english.writing.title).toBe("Writing desk");
  await withWords(["research"], () => Promise.resolve(null))();
  expect([words.research.title, english.research.title]).toEqual(["Recherche approfondie", "Deep research"]);
});

test("code that does not come fails, whatever the words do", async () => {
  await expect(withWords(["papers"], () => Promise.reject(new Error("gone")))()).rejects.toThrow("gone");
});
