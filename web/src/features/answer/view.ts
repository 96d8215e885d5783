/**
 * An answer on the page while it grows. Text comes as often as it likes; the page changes once a frame at most.
 *
 *     text ──feedBlocks──▶ finished blocks ──▶ shown once, then left alone
 *                     └──▶ open block      ──▶ read again at each frame, patched where it changed
 *     formulas ──▶ set by a worker, drawn between frames, then shown      colours ──▶ in later frames, piece by piece
 */
import { BLOCKS_START, type Block, type BlockMachine, feedBlocks, flushBlocks } from "./blocks";
import { type Chapters, chapters } from "./chapters";
import type { CodeFrame } from "./code";
import { coloursOf } from "./colouring/client";
import type { Line } from "./colouring/kinds";
import { type Above, tellLevels } from "./headings";
import type { AnswerLabels } from "./labels";
import { type InlineReader, inlineReader, readBlocks, toNodes } from "./markdown";
import { type Mark, marksIn, withMarks, withoutComing, withSigns } from "./marks";
import { type Mounted, type Mounting, showNodes } from "./mount";
import type { AnswerNode, Code, Maths } from "./nodes";
import { type KnownInline, readOpenBlock } from "./openBlock";
import { inSomeFrame, withFrame } from "./pace";
import { proseSanitiser } from "./sanitise";
import { OWN_CLASSES } from "./style";
import { laterFormula, loadSetter, type Prepared, prepare, preparedFormula, showFormula } from "./typeset";

/** A longer formula is not shown in source first: it would change the height of what is read. */
const SHORT = 40;
/** Milliseconds of reading and building in one frame. */
const FRAME_BUDGET = 5;

export interface AnswerView {
  /** Shows this text; when it goes on from the last one, only what is new is read. Null marks: it cites nothing. */
  readonly show: (text: string, growing: boolean, marks?: readonly Mark[] | null) => void;
  readonly close: () => void;
}

export interface AnswerViewOptions {
  readonly labels: AnswerLabels;
  /** Whether an address may be a link; otherwise it is shown as words. */
  readonly leads?: (href: string) => boolean;
  /** The whole text is there, in its final form and place. */
  readonly onReady: () => void;
}

interface Settled {
  readonly block: Block;
  mounted: readonly Mounted[];
  marks: string;
}

/** What is known of the text shown now; a text that does not go on from it starts another one. */
interface Reading {
  machine: BlockMachine;
  text: string;
  growing: boolean;
  /** Finished blocks still to be shown. */
  queue: readonly Block[];
  /** What the page shows of the open block. */
  tail: readonly Mounted[];
  /** Blocks that may hold links whose address comes later, or numbers of citations. */
  settled: readonly Settled[];
  known: KnownInline;
  prepared: Prepared;
  readonly chapters: Chapters;
  marks: readonly Mark[] | null;
  /** More is known of the marks than the finished blocks show. */
  stale: boolean;
  /** Headings that the next one stands under. */
  above: Above;
  /** Formulas shown in source that wait for KaTeX. */
  waiting: number;
  ready: boolean;
}

const START: Omit<Reading, "known" | "prepared" | "chapters"> = {
  machine: BLOCKS_START,
  text: "",
  growing: true,
  queue: [],
  tail: [],
  settled: [],
  marks: null,
  stale: false,
  above: [],
  waiting: 0,
  ready: false,
};

let sanitise: Mounting["sanitise"] | null = null;

export function answerView(host: Element, { labels, leads = () => true, onReady }: AnswerViewOptions): AnswerView {
  sanitise ??= proseSanitiser(OWN_CLASSES);
  let made = 0;
  let formulas: readonly (readonly [HTMLElement, Maths])[] = [];
  let reading = begin();
  let framed = false;
  let closed = false;
  const mounting: Mounting = {
    labels,
    leads,
    sanitise,
    made: () => {
      made += 1;
    },
    typeset: (element, maths) => {
      if (!maths.open) formulas = [...formulas, [element, maths]];
      void loadSetter();
    },
    colour,
  };

  function begin(): Reading {
    host.replaceChildren();
    return { ...START, known: new Map(), prepared: new Map(), chapters: chapters(host) };
  }

  function show(whole: string, growing: boolean, marks: readonly Mark[] | null = null): void {
    const text = growing && marks ? withoutComing(whole) : whole;
    const dressed = JSON.stringify(marks) !== JSON.stringify(reading.marks);
    if (isOther(reading, text, growing) || (marks && !reading.marks)) reading = begin();
    Object.assign(reading, { marks, stale: reading.stale || dressed });
    if (text !== reading.text || growing !== reading.growing) take(text, growing);
    else if (dressed) frame();
  }

  function take(text: string, growing: boolean): void {
    const [fed, blocks] = feedBlocks(reading.machine, text.slice(reading.text.length));
    const [machine, last] = growing ? [fed, []] : flushBlocks(fed);
    const first = reading.text === "";
    Object.assign(reading, { machine, text, growing, queue: [...reading.queue, ...blocks, ...last] });
    if (first) render(Number.POSITIVE_INFINITY);
    else frame();
  }

  function frame(): void {
    if (framed || closed) return;
    framed = true;
    withFrame((room) => {
      framed = false;
      return closed ? 0 : render(room);
    });
  }

  /** Brings the page up to the text, as far as there is room and time; returns how many elements it made. */
  function render(room: number): number {
    made = 0;
    const end = performance.now() + FRAME_BUDGET;
    const enough = () => made >= room || performance.now() >= end;
    while (reading.queue.length > 0 && !enough() && settleNext(enough));
    if (enough()) frame();
    else if (reading.queue.length > 0) return made;
    else {
      dress();
      if (reading.growing) showOpen(enough);
      else finish();
    }
    return made;
  }

  /** False when the block must wait for its formulas. */
  function settleNext(enough: () => boolean): boolean {
    const [block, ...queue] = reading.queue;
    if (!block) return false;
    const nodes = nodesOf(block, inlineReader({ references: reading.machine.references }, reading.known));
    if (!prepare(nodes, reading.prepared, frame)) return false;
    const { growing } = reading;
    const mounted = showNodes(mounting, reading.chapters.current(growing), reading.tail.slice(0, nodes.length), nodes);
    const tail = reading.tail.slice(nodes.length);
    typesetSome(enough);
    reading.chapters.settle(mounted.map(domOf), tail.map(domOf), growing);
    const late = reading.marks !== null || /\[[^\]]+\](?![(:])/.test(block.source);
    Object.assign(reading, {
      queue,
      tail,
      above: mounted.map(domOf).reduce(tellLevels, reading.above),
      settled: late ? [...reading.settled, { block, mounted, marks: marksKey(block) }] : reading.settled,
      known: new Map(),
      prepared: new Map(),
    });
    return true;
  }

  function showOpen(enough: () => boolean): void {
    const { open, references } = reading.machine;
    const { at } = reading.machine;
    const marks = marksIn(reading.marks ?? [], at, open.length);
    const read = readOpenBlock(withSigns(open, at, marks), references, reading.known);
    const nodes = marks.length === 0 ? read : withMarks(read, open, at, marks);
    if (!prepare(nodes, reading.prepared, frame)) return;
    reading.tail = showNodes(mounting, reading.chapters.current(reading.growing), reading.tail, nodes);
    reading.tail.map(domOf).reduce(tellLevels, reading.above);
    typesetSome(enough);
  }

  /** The nodes of a finished block, with the numbers of its citations. */
  function nodesOf({ source, at, tokens }: Block, read: InlineReader): readonly AnswerNode[] {
    const marks = marksIn(reading.marks ?? [], at, source.length);
    if (marks.length === 0) return toNodes(tokens, read);
    const { references } = reading.machine;
    return withMarks(toNodes(readBlocks(withSigns(source, at, marks), { references }), read), source, at, marks);
  }

  function marksKey({ source, at }: Block): string {
    return reading.marks ? JSON.stringify(marksIn(reading.marks, at, source.length)) : "";
  }

  /** What was found of citations after their block was shown. */
  function dress(): void {
    if (!reading.stale) return;
    reading.stale = false;
    const changed = reading.settled.filter(({ block, marks }) => marksKey(block) !== marks);
    if (changed.length > 0) readAgain(changed);
  }

  function readAgain(blocks: readonly Settled[]): void {
    const read = inlineReader({ references: reading.machine.references });
    for (const one of blocks) {
      one.marks = marksKey(one.block);
      one.mounted = showNodes(mounting, host, one.mounted, nodesOf(one.block, read));
    }
    typesetSome(() => false);
  }

  /** Links whose address was given further down find it now. */
  function finish(): void {
    const { references } = reading.machine;
    reading.tail = showNodes(mounting, reading.chapters.current(reading.growing), reading.tail, []);
    if (!reading.ready) reading.chapters.end();
    if (Object.keys(references).length > 0 && !reading.ready) readAgain(reading.settled);
    if (!reading.marks) reading.settled = [];
    tellReady();
  }

  function typesetSome(enough: () => boolean): void {
    const all = formulas;
    formulas = [];
    for (const [element, maths] of all) {
      const now = maths.tex.length > SHORT || !enough();
      const formula = now ? preparedFormula(maths, reading.prepared) : undefined;
      if (formula === undefined) void typesetLater(element, maths);
      else made += showFormula(element, maths, formula);
    }
  }

  async function typesetLater(element: HTMLElement, maths: Maths): Promise<void> {
    const asked = reading;
    asked.waiting += 1;
    const draw = await laterFormula(maths);
    inSomeFrame(() => {
      asked.waiting -= 1;
      const weight = element.isConnected ? showFormula(element, maths, draw()) : 0;
      tellReady();
      return weight;
    });
  }

  function colour(code: CodeFrame, { text, language }: Code): void {
    void coloursOf(text, language).then((lines) => {
      if (lines.length > 0) colourPiece(code, lines, 0);
    });
  }

  function colourPiece(code: CodeFrame, lines: readonly Line[], piece: number): void {
    inSomeFrame(() => {
      const weight = closed ? 0 : code.colour(piece, lines);
      if (weight > 0) colourPiece(code, lines, piece + 1);
      return weight;
    });
  }

  function tellReady(): void {
    if (reading.ready || closed || reading.growing || reading.waiting > 0 || reading.queue.length > 0) return;
    reading.ready = true;
    onReady();
  }

  return {
    show,
    close: () => {
      closed = true;
      host.replaceChildren();
    },
  };
}

/** The text is not the one being read, further. */
function isOther(reading: Reading, text: string, growing: boolean): boolean {
  if (!text.startsWith(reading.text)) return true;
  return !reading.growing && (growing || text !== reading.text);
}

const domOf = ({ dom }: Mounted) => dom;
