/**
 * No word is missing when a screen is drawn: from the page's start and from each part of it fetched later, every file
 * imported is read, and the namespaces that it says are among the first words or those fetched with it.
 */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { expect, test } from "vitest";
import fr from "./fr";
import { PARTS, type Part } from "./parts";

const SOURCES = resolve(import.meta.dirname, "..");
const NAMESPACES = Object.keys(fr);
const ENDINGS = ["", ".tsx", ".ts", "/index.ts"];
const STATIC = /(?:^|\n)(?:import|export) (?!type\b)(?:[^;"]*? from )?"(?<from>[^"]+)"/g;
/** `import("…")`, alone or in withWords([…], () => …): a type is none. */
const FETCHED =
  /(?:withWords\(\s*\[(?<parts>[^\]]*)\],\s*(?:\/\/[^\n]*\n\s*)?\(\) => )?(?<!typeof )\bimport\("(?<from>[#.][^"]+)"\)/g;

interface Fetch {
  readonly by: string;
  readonly file: string;
  readonly parts: readonly Part[];
}

const texts = new Map<string, string>();

function read(file: string): string {
  const known = texts.get(file) ?? readFileSync(file, "utf-8");
  texts.set(file, known);
  return known;
}

/** The file of ours that an import names; null for a library's, a style or the words themselves. */
function found(by: string, from: string): string | null {
  if (!/^[#.]/.test(from)) return null;
  const base = from.startsWith("#/") ? join(SOURCES, from.slice(2)) : resolve(dirname(by), from);
  const file = ENDINGS.map((ending) => base + ending).find((path) => /\.tsx?$/.test(path) && existsSync(path));
  return file && !file.startsWith(join(SOURCES, "i18n")) ? file : null;
}

function matches(file: string, pattern: RegExp): readonly Readonly<Record<string, string | undefined>>[] {
  return [...read(file).matchAll(pattern)].map(({ groups }) => groups ?? {});
}

/** The file and all that it imports. */
function imported(start: string, seen: Set<string> = new Set()): ReadonlySet<string> {
  if (seen.has(start)) return seen;
  seen.add(start);
  for (const { from = "" } of matches(start, STATIC)) {
    const next = found(start, from);
    if (next) imported(next, seen);
  }
  return seen;
}

/** The namespaces that a file names: of its translators, or at the start of a key. More than it says, never less. */
function said(file: string): readonly string[] {
  const text = read(file);
  if (!text.includes("useTranslations")) return [];
  // Only a translator of all words takes whole keys; a file may be handed one.
  const keys = /useTranslations\(\)|typeof useTranslations/.test(text);
  const patterns = (name: string) => `useTranslations\\("${name}[."]${keys ? `|["\`]${name}\\.[a-zA-Z$]` : ""}`;
  return NAMESPACES.filter((name) => new RegExp(patterns(name)).test(text));
}

const all = readdirSync(SOURCES, { recursive: true, encoding: "utf-8" })
  .filter((path) => /\.tsx?$/.test(path) && !/\.test\.|testing\/|\.d\.ts$|^i18n\//.test(path))
  .map((path) => join(SOURCES, path));

const fetches = all.flatMap((by) =>
  matches(by, FETCHED).flatMap(({ from = "", parts }): readonly Fetch[] => {
    const file = found(by, from);
    return file ? [{ by, file, parts: (parts ?? "").match(/\w+/g) ?? [] } as Fetch] : [];
  }),
);

const partOf = (namespace: string) =>
  (Object.keys(PARTS) as Part[]).find((part) => (PARTS[part] as readonly string[]).includes(namespace));

/** The parts that must be named for what starts at `file`: those that its words are in, with the first file that says one. */
function needs(file: string): Readonly<Record<string, string>> {
  const needed: Record<string, string> = {};
  for (const one of imported(file)) {
    for (const namespace of said(one)) {
      const part = partOf(namespace);
      if (part !== "first") needed[String(part)] ??= `${namespace}, in ${one.slice(SOURCES.length + 1)}`;
    }
  }
  return needed;
}

test("every namespace is in one part", () => {
  expect(Object.values(PARTS).flat().sort()).toEqual([...NAMESPACES].sort());
});

test("the page's start says first words only", () => {
  expect(imported(join(SOURCES, "main.tsx")).size).toBeGreaterThan(100);
  expect(needs(join(SOURCES, "main.tsx"))).toEqual({});
});

test("all that is fetched later is seen here", () => {
  const dynamic = all.flatMap((file) => read(file).match(/(?<!typeof )\bimport\("[#.][^"]*"\)/g) ?? []);
  expect(fetches.length).toBe(dynamic.length);
  expect(fetches.length).toBeGreaterThan(15);
});

test.each(fetches.map((one) => [one.by.slice(SOURCES.length + 1), one.file.slice(SOURCES.length + 1), one] as const))(
  "%s fetches %s with its words",
  (_, __, { file, parts }) => {
    const needed = needs(file);
    expect(
      Object.fromEntries(Object.entries(needed).filter(([part]) => !parts.includes(part as Part))),
      "parts to name",
    ).toEqual({});
    expect(
      parts.filter((part) => !(part in needed)),
      "parts named for nothing",
    ).toEqual([]);
  },
);
