/**
 * Mathematics in Markdown, as markdown-it rules: `$…$`, `\(…\)`, `$$…$$` and `\[…\]`, on one line or several.
 *
 * A dollar sign is first of all a price. It opens a formula only when it follows neither a letter nor a figure and a
 * character that could begin a formula comes next; it closes one only after no space, and before no figure.
 */
import type { MarkdownIt, StateBlock, StateInline, Token } from "markdown-it";

const LONGEST_INLINE = 1_000;
/** Display mathematics not closed after so many lines was no mathematics. */
const MOST_LINES = 60;

const SPACE = /\s/;
const WORD = /[\p{L}\p{N}]/u;
const FIGURE = /\d/;
/** No formula begins with these; a sentence may go on with them after a price. */
const NO_BEGINNING = /[\s$,.;:!?)\]}»%/]/;

/** Environment of a parse: a text still being written may end inside a formula. */
export interface MathsEnvironment {
  readonly growing?: boolean;
}

/** True for display mathematics whose end has not come yet. */
export function isOpenMaths({ type, info }: Token): boolean {
  return type === "maths_block" && info === "open";
}

export function mathsRules(markdown: MarkdownIt): void {
  markdown.inline.ruler.before("escape", "maths", inlineMaths);
  markdown.block.ruler.before("fence", "maths", displayMaths, { alt: ["paragraph", "blockquote", "list"] });
}

function inlineMaths(state: StateInline, silent: boolean): boolean {
  const found = formulaAt(state.src, state.pos);
  if (!found) return false;
  if (!silent) {
    const token = state.push("maths", "", 0);
    token.content = found.tex;
    token.markup = found.display ? "$$" : "$";
  }
  state.pos = found.end;
  return true;
}

export interface Formula {
  readonly tex: string;
  readonly display: boolean;
  readonly end: number;
}

/** The formula that begins at a position of a line of text, if one does. */
export function formulaAt(text: string, start: number): Formula | null {
  const two = text.slice(start, start + 2);
  if (two === "\\(") return between(text, start + 2, "\\)", false);
  if (two === "\\[") return between(text, start + 2, "\\]", true);
  if (two === "$$") return between(text, start + 2, "$$", true);
  return text[start] === "$" ? dollars(text, start) : null;
}

function between(text: string, from: number, close: string, display: boolean): Formula | null {
  const end = text.indexOf(close, from);
  if (end < 0 || end - from > LONGEST_INLINE) return null;
  const tex = text.slice(from, end).trim();
  return tex === "" ? null : { tex, display, end: end + close.length };
}

/** True when a dollar sign at this place may open a formula. */
export function mayOpen(text: string, dollar: number): boolean {
  const before = text[dollar - 1] ?? " ";
  const after = text[dollar + 1] ?? " ";
  return !WORD.test(before) && before !== "$" && !NO_BEGINNING.test(after);
}

function dollars(text: string, start: number): Formula | null {
  if (!mayOpen(text, start)) return null;
  const limit = Math.min(text.length, start + LONGEST_INLINE);
  for (let index = start + 1; index < limit; index += 1) {
    const character = text[index];
    if (character === "\\") index += 1;
    else if (character === "\n" && text[index + 1] === "\n") return null;
    else if (character === "$") return closing(text, start, index);
  }
  return null;
}

function closing(text: string, start: number, end: number): Formula | null {
  if (SPACE.test(text[end - 1] ?? " ") || FIGURE.test(text[end + 1] ?? "")) return null;
  return { tex: text.slice(start + 1, end), display: false, end: end + 1 };
}

function displayMaths(state: StateBlock, startLine: number, endLine: number, silent: boolean): boolean {
  const first = lineAt(state, startLine);
  const open = first.startsWith("$$") ? "$$" : first.startsWith("\\[") ? "\\[" : null;
  if (open === null || (state.sCount[startLine] ?? 0) - state.blkIndent >= 4) return false;
  const found = displayEnd(state, startLine, endLine, open === "$$" ? "$$" : "\\]");
  if (!found || (silent && found.open)) return false;
  if (silent) return true;
  const token = state.push("maths_block", "", 0);
  token.block = true;
  token.content = found.tex;
  token.map = [startLine, found.nextLine];
  token.info = found.open ? "open" : "";
  state.line = found.nextLine;
  return true;
}

interface Display {
  readonly tex: string;
  readonly nextLine: number;
  readonly open: boolean;
}

function displayEnd(state: StateBlock, startLine: number, endLine: number, close: string): Display | null {
  const lines: string[] = [];
  const last = Math.min(endLine, startLine + MOST_LINES);
  for (let line = startLine; line < last; line += 1) {
    if (line > startLine && leavesContainer(state, line)) return null;
    const text = line === startLine ? lineAt(state, line).slice(2) : lineAt(state, line);
    const end = text.indexOf(close);
    lines.push(end < 0 ? text : text.slice(0, end));
    // Words after the end on the same line: a sentence with a formula in it, which the inline rule reads.
    if (end >= 0) return text.slice(end + 2).trim() === "" ? display(lines, line + 1, false) : null;
  }
  const growing = (state.env as MathsEnvironment).growing === true && last === endLine;
  return growing ? display(lines, endLine, true) : null;
}

function display(lines: readonly string[], nextLine: number, open: boolean): Display | null {
  const tex = lines.join("\n").trim();
  return tex === "" && !open ? null : { tex, nextLine, open };
}

function leavesContainer(state: StateBlock, line: number): boolean {
  return !state.isEmpty(line) && (state.sCount[line] ?? 0) < state.blkIndent;
}

function lineAt(state: StateBlock, line: number): string {
  const start = (state.bMarks[line] ?? 0) + (state.tShift[line] ?? 0);
  return state.src.slice(start, state.eMarks[line]);
}
