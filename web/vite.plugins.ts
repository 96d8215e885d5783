/** Two steps of the build of ours: words compiled once here rather than in each browser, and files compressed once. */
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { brotliCompress, gzip } from "node:zlib";
import compile from "icu-minify/compile";
import type { Plugin } from "vite";
import en from "./src/i18n/en/index.ts";
import fr from "./src/i18n/fr/index.ts";

interface Words {
  readonly [key: string]: string | Words;
}

interface Compiled {
  [key: string]: ReturnType<typeof compile> | Compiled;
}

/** Replaces the words of each language by their compiled form, and the parser of messages (8 KB) by a formatter. */
export function compiledWords(): Plugin {
  const languages: Readonly<Record<string, Words>> = { fr, en };
  return {
    name: "compiled-words",
    apply: "build",
    config: () => ({ resolve: { alias: { "use-intl/format-message": "use-intl/format-message/format-only" } } }),
    load(id) {
      const words = languages[/\/src\/i18n\/(fr|en)\/index\.ts$/.exec(id)?.[1] ?? ""];
      return words && `export default ${JSON.stringify(compileAll(words))}`;
    },
  };
}

function compileAll(words: Words): Compiled {
  const pairs = Object.entries(words).map(([key, value]) => [
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
