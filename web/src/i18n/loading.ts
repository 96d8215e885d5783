/**
 * The words that the page holds, by language: they only grow, in place, so that nothing drawn is drawn again when the words
 * of a screen arrive with it.
 *
 *     main ──loadMessages(fr)──▶ first        a screen ──withWords([desk], import)──▶ its code and its words, together
 */
import load from "virtual:words";
import type { Locale, Messages } from "./index";
import type { Part } from "./parts";

const held: Record<Locale, Partial<Messages>> = { fr: {}, en: {} };
const fetching = new Map<string, Promise<void>>();
const spoken = new Set<Locale>();
const wanted = new Set<Part>(["first"]);

/** Loads one language only, with the parts asked for until now; the other never reaches the browser. */
export async function loadMessages(locale: Locale): Promise<Messages> {
  spoken.add(locale);
  await Promise.all([...wanted].map((part) => fetchPart(locale, part)));
  return held[locale] as Messages;
}

/** A fetch of code that waits for the words it says too: what it gives can be drawn. Fails when either does. */
export function withWords<Module>(parts: readonly Part[], code: () => Promise<Module>): () => Promise<Module> {
  return async () => {
    for (const part of parts) wanted.add(part);
    const languages = [...spoken];
    const words = languages.flatMap((locale) => parts.map((part) => fetchPart(locale, part)));
    const [module] = await Promise.all([code(), ...words]);
    return module;
  };
}

function fetchPart(locale: Locale, part: Part): Promise<void> {
  const key = `${locale}/${part}`;
  const before = fetching.get(key);
  if (before) return before;
  const now = load[locale][part]().then(
    (words) => void Object.assign(held[locale], words.default),
    (error: unknown) => {
      fetching.delete(key); // asked for again, it may come
      throw error;
    },
  );
  fetching.set(key, now);
  return now;
}
