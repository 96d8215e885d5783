/**
 * Where the numbers of citations stand in an answer. Each place is known by its position in the text; it is carried through
 * the reading of Markdown by a sign that no rule of it looks at, then becomes a node among the words.
 *
 *     text + citations ──marksOf──▶ marks ──withSigns──▶ source of a block ──Markdown──▶ nodes ──withMarks──▶ nodes
 *
 * A sign that ends up where no number may stand (code, formula, link) gives its place back to what was written. Pure.
 */
import { type AnswerNode, type Cited, hasChildren } from "./nodes";

/** What was found of a sentence, by positions in the answer (code points, as the server counts). */
export interface Finding {
  readonly cited: Cited;
  /** Where the sentence ends. */
  readonly end: number;
  /** Where its number is written; null when the machine found the passage by itself. */
  readonly marker: readonly [start: number, end: number] | null;
}

/** Numbers to show in the place of `start`…`end` (UTF-16 units of the text with LF line ends). */
export interface Mark {
  readonly start: number;
  readonly end: number;
  readonly cited: readonly Cited[];
}

const WRITTEN = /[[【]\s*(\d{1,3}(?:\s*[,;]\s*\d{1,3})*)\s*[\]】](?![(:])/g;
const COMING = /[[【]\s*(?:\d[\d\s,;]{0,16})?$/;
const SPACE_BEFORE = /[ \u00A0\u202F]?$/;
/** The end of a row of a table: its number belongs in the last cell. */
const LONGEST_CELL = 200;
const ROW_END = /[ \t]*\|[ \t]*$/;

/** The text without the beginning of a number that is still being written. */
export function withoutComing(text: string): string {
  const coming = COMING.exec(text.slice(-24));
  return coming ? text.slice(0, text.length - coming[0].length) : text;
}

/** In order. While the text grows, a number that was not looked at yet has its place already. */
export function marksOf(text: string, findings: readonly Finding[], growing: boolean): readonly Mark[] {
  const place = places(text);
  const normal = text.replace(/\r\n?/g, "\n");
  const marks = new Map<number, Mark>();
  const add = (start: number, end: number, cited: readonly Cited[]) => {
    const known = marks.get(start)?.cited ?? [];
    marks.set(start, { start, end, cited: [...known, ...cited] });
  };
  for (const finding of findings) {
    const range = rangeOf(finding, normal, place);
    if (range) add(...range, [finding.cited]);
  }
  for (const written of growing ? normal.matchAll(WRITTEN) : []) {
    const start = spaced(normal, written.index);
    const numbers = (written[1] ?? "").split(/\D+/).map(Number);
    if (!marks.has(start)) add(start, written.index + written[0].length, numbers.map(pending));
  }
  return [...marks.values()].sort((a, b) => a.start - b.start || a.end - b.end);
}

/** Null for a number that is the beginning of a link, and for a sentence that is not there yet. */
function rangeOf(
  { end, marker }: Finding,
  text: string,
  place: (point: number) => number,
): readonly [start: number, end: number] | null {
  if (marker) {
    const [start, after] = [place(marker[0]), place(marker[1])];
    return /[(:]/.test(text[after] ?? "") ? null : [spaced(text, start), after];
  }
  const at = place(end);
  if (at > text.length) return null;
  const row = ROW_END.exec(text.slice(Math.max(0, at - LONGEST_CELL), at))?.[0].length ?? 0;
  return [at - row, at - row];
}

function pending(number: number): Cited {
  return { index: null, number, state: "pending", label: "" };
}

/** A number stands against the word before it. */
function spaced(text: string, start: number): number {
  return start - (SPACE_BEFORE.exec(text.slice(Math.max(0, start - 1), start))?.[0].length ?? 0);
}

/** From code points of the text as it came to UTF-16 units of the text with LF line ends. */
function places(text: string): (point: number) => number {
  if (!/[\uD800-\uDBFF\r]/.test(text)) return (point) => point;
  const units: number[] = [];
  let unit = 0;
  let before = "";
  for (const character of text) {
    units.push(unit);
    // The line end is counted once, with its LF.
    if (!(before === "\r" && character === "\n")) unit += character.length;
    else units[units.length - 1] = unit;
    before = character;
  }
  units.push(unit);
  return (point) => units[point] ?? unit;
}

const OPEN = "\u2045";
const CLOSE = "\u2046";
const FIRST = 0xe100;
const MOST = 6_000;
/** Brackets around a private character: punctuation to Markdown, and not in any alphabet. */
const SIGN = /\u2045([\uE100-\uF8FF])\u2046/g;

/** The marks that stand in a stretch of the text. */
export function marksIn(marks: readonly Mark[], at: number, length: number): readonly Mark[] {
  return marks.filter(({ start, end }) => {
    const held = start === end ? start - 1 : start;
    return held >= at && held < at + length;
  });
}

/** The source of a stretch that begins at `at`, with a sign in the place of each of its marks. */
export function withSigns(source: string, at: number, marks: readonly Mark[]): string {
  let signed = "";
  let from = 0;
  for (const [index, { start, end }] of marks.slice(0, MOST).entries()) {
    if (start - at < from) continue;
    signed += source.slice(from, start - at) + OPEN + String.fromCharCode(FIRST + index) + CLOSE;
    from = end - at;
  }
  return signed + source.slice(from);
}

/** The nodes with their numbers in the place of the signs. */
export function withMarks(
  nodes: readonly AnswerNode[],
  source: string,
  at: number,
  marks: readonly Mark[],
): readonly AnswerNode[] {
  const written = (text: string) =>
    text.replace(SIGN, (sign, character: string) => {
      const mark = marks[character.charCodeAt(0) - FIRST];
      return mark ? source.slice(mark.start - at, mark.end - at) : sign;
    });
  return nodes.flatMap((node) => placed(node, marks, written));
}

type Written = (text: string) => string;

function placed(node: AnswerNode, marks: readonly Mark[], written: Written): readonly AnswerNode[] {
  if (node.kind === "text") return cut(node.text, marks);
  if (node.kind === "link") {
    // Signs were percent-encoded in an address: only its words need theirs back.
    return [{ ...node, children: node.children.map((child) => restored(child, written)) }];
  }
  if (hasChildren(node)) return [{ ...node, children: node.children.flatMap((one) => placed(one, marks, written)) }];
  return [restored(node, written)];
}

/** What stays on one line with a number: the end of its word, and the stop after it. */
const WORD = /\S{0,24}$/;
const STOP = /^[.,;:!?…»”)\u00A0\u202F]*[.,;:!?…»”)]/;

function cut(text: string, marks: readonly Mark[]): readonly AnswerNode[] {
  const nodes: AnswerNode[] = [];
  const add = (words: string) => {
    if (words !== "") nodes.push({ kind: "text", text: words });
  };
  let from = 0;
  for (const sign of text.matchAll(SIGN)) {
    const mark = marks[(sign[1] ?? "").charCodeAt(0) - FIRST];
    if (!mark) continue;
    const words = text.slice(from, sign.index);
    const before = WORD.exec(words)?.[0] ?? "";
    const end = sign.index + sign[0].length;
    const after = STOP.exec(text.slice(end, end + 8))?.[0] ?? "";
    add(words.slice(0, words.length - before.length));
    nodes.push({ kind: "cite", cited: mark.cited, found: mark.start === mark.end, before, after });
    from = end + after.length;
  }
  add(text.slice(from));
  return nodes;
}

function restored(node: AnswerNode, written: Written): AnswerNode {
  switch (node.kind) {
    case "text":
    case "inlineCode":
    case "code":
      return { ...node, text: written(node.text) };
    case "maths":
      return { ...node, tex: written(node.tex) };
    case "picture":
      return { ...node, words: written(node.words), address: written(node.address) };
    default:
      return hasChildren(node) ? { ...node, children: node.children.map((child) => restored(child, written)) } : node;
  }
}
