/** Two steps of the build of ours: words compiled once here rather than in each browser, and files compressed once. */
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

/** Writes .br and .gz beside each text file, so that the server compresses nothing while it serves. */
export function compressed(): Plugin {
  const ways = { br: promisify(brotliCompress), gz: promisify(gzip) };
  return {
    name: "compressed",
    apply: "build",
    enforce: "post",
    async generateBundle(_, bundle) {
      const files = Object.values(bundle).filter(({ fileName }) => TEXT.test(fileName));
      const jobs = files.flatMap((file) => {
        const source = Buffer.from(file.type === "chunk" ? file.code : file.source);
        if (source.length < SMALLEST) return [];
        return Object.entries(ways).map(async ([ending, compress]) => {
          this.emitFile({ type: "asset", fileName: `${file.fileName}.${ending}`, source: await compress(source) });
        });
      });
      await Promise.all(jobs);
    },
  };
}
