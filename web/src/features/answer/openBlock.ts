/**
 * Reads the block that is still being written, as it will most likely be once finished: a line that is only the beginning
 * of a sign is withheld, a table is a table from its first cell, and its last words are mended.
 */
import type { Token } from "markdown-it";
import { type InlineReader, inlineReader, type Reading, readBlocks, toNodes } from "./markdown";
import { mendInline } from "./mend";
import type { AnswerNode } from "./nodes";

/** A last line that says nothing yet: the beginning of a heading, an item, a rule, an underline, a quotation, a formula. */
const UNSAID = /^[ \t>]*(?:#{1,6}|[-*+>|\\$]|\d{1,3}[.)]?|[-=*_~][-=*_~ ]*|\[[ xX^]?\]?:?)[ \t]*$/;
/** A last line that may become one end of a fence. */
const FENCE = /^[ \t>]*(?:`{1,2}|~{1,2})[ \t]*$/;
const ROW = /^ {0,3}\|/;
const RULE = /^[ \t]*\|?[\s:|-]*$/;

/** Inline text already read in this block, so that a long list is not read again at each frame. */
export type KnownInline = Map<string, readonly AnswerNode[]>;

export function readOpenBlock(
  source: string,
  references: Reading["references"],
  known: KnownInline,
): readonly AnswerNode[] {
  const reading: Reading = { references: { ...references }, growing: true };
  const tokens = likelyTokens(source, reading);
  const last = tokens.findLast(({ nesting, type, content }) => nesting === 0 && (type !== "inline" || content !== ""));
  const read = inlineReader(reading, known);
  const readLast = inlineReader(reading);
  const readInline: InlineReader = (token) =>
    token === last ? readLast(Object.assign(token, { content: mendInline(token.content) })) : read(token);
  return toNodes(tokens, readInline, true);
}

function likelyTokens(source: string, reading: Reading): readonly Token[] {
  const tokens = readBlocks(source, reading);
  const lineStart = source.lastIndexOf("\n") + 1;
  const lastLine = source.slice(lineStart);
  const table = asTable(source, tokens);
  if (table !== null) return readBlocks(table, reading);
  const isCode = tokens.at(-1)?.type === "fence";
  const unsaid = FENCE.test(lastLine) || (!isCode && UNSAID.test(lastLine));
  return unsaid ? readBlocks(source.slice(0, lineStart), reading) : tokens;
}

/** The first row of a table at the end of the source, with the rule that is to follow it; null when there is none. */
function asTable(source: string, tokens: readonly Token[]): string | null {
  const paragraph = tokens.findLast(({ level, nesting }) => level === 0 && nesting >= 0);
  if (paragraph?.type !== "paragraph_open" || !paragraph.map) return null;
  const lines = source.split("\n");
  const first = lines.findIndex((line, index) => index >= (paragraph.map?.[0] ?? 0) && ROW.test(line));
  const [header = "", rule = "", ...rest] = first < 0 ? [] : lines.slice(first);
  if (first < 0 || rest.length > 0 || !RULE.test(rule) || header.trim() === "|") return null;
  const cells = header.replace(/^[ \t]*\||\|[ \t]*$/g, "").split(/(?<!\\)\|/);
  return [...lines.slice(0, first), header, `|${"---|".repeat(cells.length)}`].join("\n");
}
