/** Two steps of the build of ours: words compiled once here rather than in each browser, and files compressed once. */
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { brotliCompress, gzip } from "node:zlib";
import compile from "icu-minify/compile";
import type { Plugin, Rollup } from "vite";
import en from "./src/i18n/en/index.ts";
import fr from "./src/i18n/fr/index.ts";
import { PARTS, type Part } from "./src/i18n/parts.ts";

interface Words {
  readonly [key: string]: string | Words;
}

interface Compiled {
  [key: string]: ReturnType<typeof compile> | Compiled;
}

const WORDS = "virtual:words";

/**
 * Gives `virtual:words`: how to load each part of the words of each language. In the build the words are compiled, and the
 * parser of messages (8 KB) is replaced by a formatter; elsewhere they are as written.
 */
export function words(): Plugin {
  const languages: Readonly<Record<string, Words>> = { fr, en };
  let compiled = false;
  return {
    name: "words",
    config: (_, { command, mode }) => {
      compiled = command === "build" && mode !== "test";
      return compiled
        ? { resolve: { alias: { "use-intl/format-message": "use-intl/format-message/format-only" } } }
        : {};
    },
    resolveId: (id) => (id.startsWith(WORDS) ? `\0${id}` : null),
    load(id) {
      if (!id.startsWith(`\0${WORDS}`)) return null;
      const [, language, part] = id.split("/");
      if (language === undefined || part === undefined) return loaders(Object.keys(languages));
      const said = languages[language] ?? {};
      const chosen = PARTS[part as Part].map((namespace) => [namespace, said[namespace]] as const);
      if (compiled) return `export default ${JSON.stringify(compileAll(Object.fromEntries(chosen) as Words))}`;
      const names = chosen.map(([namespace]) => `${namespace}: words.${namespace}`).join(", ");
      return `import words from "/src/i18n/${language}/index.ts"; export default { ${names} };`;
    },
  };
}

/** One file for each language and part, named after both. */
function loaders(languages: readonly string[]): string {
  const ofLanguage = (language: string) =>
    Object.keys(PARTS).map((part) => `${part}: () => import("${WORDS}/${language}/${part}")`);
  return `export default { ${languages.map((one) => `${one}: { ${ofLanguage(one).join(", ")} }`).join(", ")} };`;
}

function compileAll(said: Words): Compiled {
  const pairs = Object.entries(said).map(([key, value]) => [
    key,
    typeof value === "string" ? compile(value) : compileAll(value),
  ]);
  return Object.fromEntries(pairs);
}

const TEXT = /\.(?:js|css|html|svg)$/;
const SMALLEST = 1024;

/**
 * Writes .br and .gz beside each text file, so that the server compresses nothing while it serves. From what is on the
 * disk, once all is written: other steps still change the chunks in memory.
 */
export function compressed(): Plugin {
  const ways = { br: promisify(brotliCompress), gz: promisify(gzip) };
  return {
    name: "compressed",
    apply: "build",
    async writeBundle({ dir = "" }, bundle) {
      const jobs = Object.keys(bundle)
        .filter((name) => TEXT.test(name))
        .map(async (name) => {
          const file = join(dir, name);
          const source = await readFile(file);
          if (source.length < SMALLEST) return;
          for (const [ending, compress] of Object.entries(ways)) {
            await writeFile(`${file}.${ending}`, await compress(source));
          }
        });
      await Promise.all(jobs);
    },
  };
}

const ENTRY = new URL("./src/main.tsx", import.meta.url).pathname;
type Look = Rollup.PluginContext["getModuleInfo"];
/** Ours, and what is needed whole. Of the others (controls, icons) each screen takes its share. */
const KEPT_WHOLE = /\/web\/src\/|node_modules\/(?:react|react-dom|scheduler|use-intl|@tanstack\/[^/]+)\//;
let start: ReadonlySet<string> | null = null;

/**
 * Whatever the page's start imports is one file. Cut by who shares it with what is fetched later, as the bundler would, it
 * is sixty small ones that compress less well together.
 */
export function startFile(id: string, graph: { readonly getModuleInfo: Look }): string | null {
  start ??= imported((one) => graph.getModuleInfo(one));
  return start.has(id) ? "start" : null;
}

function imported(look: Look): ReadonlySet<string> {
  const seen = new Set([ENTRY]);
  for (const id of seen) for (const next of look(id)?.importedIds ?? []) if (KEPT_WHOLE.test(next)) seen.add(next);
  return seen;
}
