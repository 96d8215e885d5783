/**
 * Says which characters of a piece of code are what, with Shiki's grammars and its JavaScript pattern engine (no WebAssembly,
 * which the CSP refuses). Runs in a worker: the first line of C++ alone takes a second.
 */
import { createCssVariablesTheme, createHighlighterCore, type HighlighterCore } from "shiki/core";
import { createJavaScriptRegexEngine } from "shiki/engine/javascript";
import { KINDS, type Kind, type Line } from "./kinds";
import { loadLanguage } from "./languages";
import type { LanguageName } from "./names";

/** The theme names kinds instead of colours: the page's own style has the colours. */
const THEME = createCssVariablesTheme({ name: "kinds", variablePrefix: "", fontStyle: false });

let highlighter: Promise<HighlighterCore> | null = null;

export async function tokenise(text: string, language: LanguageName): Promise<readonly Line[]> {
  highlighter ??= createHighlighterCore({
    themes: [THEME],
    langs: [],
    engine: createJavaScriptRegexEngine({ forgiving: true }),
  });
  const ready = await highlighter;
  if (!ready.getLoadedLanguages().includes(language)) await ready.loadLanguage(await loadLanguage(language));
  return ready.codeToTokensBase(text, { lang: language, theme: "kinds" }).map(line);
}

function line(tokens: readonly { readonly content: string; readonly color?: string }[]): Line {
  const runs: [number, Kind | null][] = [];
  for (const { content, color } of tokens) {
    const kind = kindOf(color);
    const last = runs.at(-1);
    if (last && last[1] === kind) last[0] += content.length;
    else runs.push([content.length, kind]);
  }
  return runs;
}

/** `var(token-keyword)` → keyword. */
function kindOf(colour = ""): Kind | null {
  const name = colour.slice("var(token-".length, -1);
  const kind = name.startsWith("string") ? "string" : name;
  return KINDS.find((known) => known === kind) ?? null;
}
