/** Reads persons as they are pasted from a table: name ; address ; unit, separated by semicolons or tabulations. */
import type { Locale } from "#/i18n";

export interface PersonLine {
  readonly name: string;
  readonly email: string;
  readonly unit: string;
  readonly language: Locale;
}

interface Read {
  readonly people: readonly PersonLine[];
  /** The first line that cannot be read, from 1; null when all can. */
  readonly wrong: number | null;
}

export function readLines(text: string, language: Locale): Read {
  const people: PersonLine[] = [];
  for (const [index, line] of text.split(/\r?\n/).entries()) {
    if (line.trim() === "") continue;
    const [name = "", email = "", unit = ""] = line.split(/[;\t]/).map((cell) => cell.trim().replace(/^"(.*)"$/, "$1"));
    if (name === "" || !email.includes("@")) return { people: [], wrong: index + 1 };
    people.push({ name, email, unit, language });
  }
  return { people, wrong: null };
}
