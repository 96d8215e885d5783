/** Footnotes in Markdown, as markdown-it rules: `[^1]` in the text, and the note itself as a paragraph `[^1]: …`. */
import type { MarkdownIt, StateBlock, StateInline } from "markdown-it";

const MARK = /^\[\^([^\]\s]{1,30})\]/;
const NOTE = /^\[\^([^\]\s]{1,30})\]:[ \t]*/;

export function footnoteRules(markdown: MarkdownIt): void {
  markdown.inline.ruler.before("link", "footnote_mark", footnoteMark);
  // Before link references, which would take `[^1]: word` for one of theirs.
  markdown.block.ruler.before("reference", "footnote", footnote, { alt: ["paragraph", "reference"] });
}

function footnoteMark(state: StateInline, silent: boolean): boolean {
  if (state.src[state.pos] !== "[") return false;
  const found = MARK.exec(state.src.slice(state.pos, state.pos + 40));
  if (!found) return false;
  if (!silent) state.push("footnote_mark", "", 0).content = found[1] ?? "";
  state.pos += found[0].length;
  return true;
}

function footnote(state: StateBlock, startLine: number, endLine: number, silent: boolean): boolean {
  const start = (state.bMarks[startLine] ?? 0) + (state.tShift[startLine] ?? 0);
  const found = NOTE.exec(state.src.slice(start, state.eMarks[startLine]));
  if (!found || (state.sCount[startLine] ?? 0) - state.blkIndent >= 4) return false;
  if (silent) return true;
  const nextLine = noteEnd(state, startLine, endLine);
  const open = state.push("footnote_open", "p", 1);
  open.content = found[1] ?? "";
  open.map = [startLine, nextLine];
  const inline = state.push("inline", "", 0);
  inline.content = state.getLines(startLine, nextLine, state.blkIndent, false).trim().slice(found[0].length);
  inline.map = [startLine, nextLine];
  inline.children = [];
  state.push("footnote_close", "p", -1);
  state.line = nextLine;
  return true;
}

/** A note goes on like a paragraph, until a blank line or the beginning of something else. */
function noteEnd(state: StateBlock, startLine: number, endLine: number): number {
  const interrupts = state.md.block.ruler.getRules("paragraph");
  for (let line = startLine + 1; line < endLine; line += 1) {
    if (state.isEmpty(line) || (state.sCount[line] ?? 0) < state.blkIndent) return line;
    if (interrupts.some((rule) => rule(state, line, endLine, true))) return line;
  }
  return endLine;
}
