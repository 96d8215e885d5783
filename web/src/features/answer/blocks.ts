/**
 * Cuts a growing Markdown text into blocks, as a pure machine: feed it text cut anywhere, it returns the blocks that
 * nothing to come can change. What is left is the open block.
 *
 *     feedBlocks(machine, text) → [machine, finished blocks]        flushBlocks(machine) → the last blocks
 *
 * The parser itself says where blocks begin, on complete lines only: a block is finished when another one has begun after
 * it. The text is never read again from its start.
 */
import type { Token } from "markdown-it";
import { type Reading, readBlocks } from "./markdown";
import { isOpenMaths } from "./maths";

type References = NonNullable<Reading["references"]>;

export interface Block {
  readonly source: string;
  /** Where it begins in the text with LF line ends. */
  readonly at: number;
  readonly tokens: readonly Token[];
}

export interface BlockMachine {
  /** Text of the open block, with LF line ends. */
  readonly open: string;
  /** Where the open block begins in the text with LF line ends. */
  readonly at: number;
  /** Length of `open` whose lines have been looked at. */
  readonly seen: number;
  /** A CR came last: with a LF it is one line end. */
  readonly heldReturn: boolean;
  /** Link addresses given so far (`[name]: https://…`). */
  readonly references: References;
}

export const BLOCKS_START: BlockMachine = { open: "", at: 0, seen: 0, heldReturn: false, references: {} };

export function feedBlocks(machine: BlockMachine, text: string): readonly [BlockMachine, readonly Block[]] {
  const whole = machine.heldReturn ? `\r${text}` : text;
  const heldReturn = whole.endsWith("\r");
  const open = machine.open + normalise(heldReturn ? whole.slice(0, -1) : whole);
  const complete = open.lastIndexOf("\n") + 1;
  if (complete <= machine.seen) return [{ ...machine, open, heldReturn }, []];
  const references = { ...machine.references };
  const [blocks, from] = finished(open.slice(0, complete), machine.at, references);
  return [{ open: open.slice(from), at: machine.at + from, seen: complete - from, heldReturn, references }, blocks];
}

/** The text is over: what was open is finished as it stands. */
export function flushBlocks(machine: BlockMachine): readonly [BlockMachine, readonly Block[]] {
  const references = { ...machine.references };
  const source = machine.heldReturn ? `${machine.open}\n` : machine.open;
  const tokens = readBlocks(source, { references });
  const starts = topLevel(tokens);
  const lines = lineStarts(source);
  const blocks = starts.map((start, index) =>
    blockOf({ source, at: machine.at, tokens, lines }, start, starts[index + 1]),
  );
  return [{ ...BLOCKS_START, references }, blocks];
}

function normalise(text: string): string {
  return text.replace(/\r\n?/g, "\n").replaceAll("\0", "\uFFFD");
}

/** Finished blocks of complete lines, and where the open one begins. */
function finished(source: string, at: number, references: References): readonly [readonly Block[], number] {
  const tokens = readBlocks(source, { references, growing: true });
  const starts = topLevel(tokens);
  // Display mathematics still open may turn out to be a line of the paragraph before it.
  const last = tokens.at(-1);
  const unsure = last && isOpenMaths(last) ? 2 : 1;
  const sure = starts.slice(0, Math.max(0, starts.length - unsure));
  const next = starts[sure.length];
  if (sure.length === 0 || !next) return [[], 0];
  const lines = lineStarts(source);
  const blocks = sure.map((start, index) => blockOf({ source, at, tokens, lines }, start, starts[index + 1]));
  return [blocks, lines[next.line] ?? source.length];
}

interface Start {
  readonly token: number;
  readonly line: number;
}

function topLevel(tokens: readonly Token[]): readonly Start[] {
  return tokens.flatMap((token, index) =>
    token.level === 0 && token.nesting >= 0 && token.map ? [{ token: index, line: token.map[0] }] : [],
  );
}

interface Read {
  readonly source: string;
  /** Where the source begins in the text. */
  readonly at: number;
  readonly tokens: readonly Token[];
  readonly lines: readonly number[];
}

function blockOf({ source, at, tokens, lines }: Read, start: Start, next: Start | undefined): Block {
  const from = lines[start.line] ?? source.length;
  const end = next ? lines[next.line] : source.length;
  return { source: source.slice(from, end), at: at + from, tokens: tokens.slice(start.token, next?.token) };
}

function lineStarts(source: string): readonly number[] {
  const starts = [0];
  for (let end = source.indexOf("\n"); end >= 0; end = source.indexOf("\n", end + 1)) starts.push(end + 1);
  return starts;
}
