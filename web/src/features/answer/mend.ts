/**
 * Completes what an unfinished text leaves open, so that its last words never show as raw syntax: `**bold te` is read as
 * bold, `[words](https://exa` as its words, a formula not closed yet is withheld. Only the end of the open block is mended.
 */
import { formulaAt, mayOpen } from "./maths";

/** A formula is waited for so long, and longer when what came looks like one. */
const PATIENCE = 60;
const LONG_PATIENCE = 500;

interface Opened {
  readonly marker: string;
  readonly contentAt: number;
}

interface Scan {
  readonly text: string;
  at: number;
  readonly opened: Opened[];
  /** Set when the scan is over before the end of the text: what to keep of it. */
  kept: string | null;
}

/** The box of a task, not whole yet. */
const TASK = /^\[[ xX]?\]?$/;

export function mendInline(text: string): string {
  if (TASK.test(text)) return "";
  const scan: Scan = { text, at: 0, opened: [], kept: null };
  while (scan.at < text.length && scan.kept === null) step(scan);
  const kept = scan.kept ?? text;
  return closeAll(kept, scan.opened);
}

const READERS: Readonly<Record<string, (scan: Scan) => void>> = {
  "\\": backslash,
  "`": codeSpan,
  $: dollar,
  "*": delimiter,
  _: delimiter,
  "~": delimiter,
  "!": picture,
  "[": bracket,
  "]": address,
};

function step(scan: Scan): void {
  const read = READERS[scan.text[scan.at] ?? ""];
  if (read) read(scan);
  else scan.at += 1;
}

function withhold(scan: Scan): void {
  scan.kept = scan.text.slice(0, scan.at);
}

function backslash(scan: Scan): void {
  const formula = formulaAt(scan.text, scan.at);
  const next = scan.text[scan.at + 1];
  if (formula) scan.at = formula.end;
  else if (next === undefined || ((next === "(" || next === "[") && mayStillClose(scan.text, scan.at + 2)))
    withhold(scan);
  else scan.at += 2;
}

function dollar(scan: Scan): void {
  const { text, at } = scan;
  const formula = formulaAt(text, at);
  if (formula) {
    scan.at = formula.end;
    return;
  }
  const double = text[at + 1] === "$";
  const atEnd = at + (double ? 2 : 1) >= text.length;
  const before = text.slice(0, at);
  const opens = double || mayOpen(text, at) || (atEnd && /^$|[\s(]$/.test(before));
  // After a figure it is most likely a price: not worth keeping words back.
  if (opens && !/\d\s?$/.test(before) && mayStillClose(text, at + 1)) withhold(scan);
  else scan.at += double ? 2 : 1;
}

function mayStillClose(text: string, from: number): boolean {
  const rest = text.length - from;
  if (text.includes("\n", from)) return false;
  return rest <= PATIENCE || (rest <= LONG_PATIENCE && /[\\^_{=]/.test(text.slice(from)));
}

function codeSpan(scan: Scan): void {
  const { text, at } = scan;
  const run = runLength(text, at);
  for (let end = text.indexOf("`", at + run); end >= 0; end = text.indexOf("`", end + runLength(text, end))) {
    if (runLength(text, end) !== run) continue;
    scan.at = end + run;
    return;
  }
  const content = text.slice(at + run).replace(/`+$/, "");
  scan.kept = content.trim() === "" ? text.slice(0, at) : text.slice(0, at + run) + content + "`".repeat(run);
}

function delimiter(scan: Scan): void {
  const { text, at } = scan;
  const run = runLength(text, at);
  const marker = text.slice(at, at + run);
  const last = scan.opened.at(-1);
  const before = text[at - 1] ?? " ";
  const after = text[at + run];
  if (after === undefined) {
    atTheEnd(scan, marker, before, last);
    return;
  }
  scan.at = at + run;
  if (last && last.marker === marker && !/\s/.test(before)) scan.opened.pop();
  else if (!/\s/.test(after) && !/[\p{L}\p{N}]/u.test(before) && run <= 3 && marker !== "~") {
    scan.opened.push({ marker, contentAt: at + run });
  }
}

/** The text stops in the middle of markers: they open nothing yet, or half close what is open. */
function atTheEnd(scan: Scan, marker: string, before: string, last: Opened | undefined): void {
  const closes = last?.marker[0] === marker[0] && !/\s/.test(before);
  if (closes && last?.marker === marker) {
    scan.opened.pop();
    scan.at += marker.length;
  } else if (closes || /[\s(«"'’>]/.test(before)) withhold(scan);
  else scan.at += marker.length;
}

function picture(scan: Scan): void {
  if (scan.text[scan.at + 1] !== "[") {
    scan.at += 1;
    return;
  }
  const end = linkEnd(scan.text, scan.at + 1);
  if (end.kind === "whole") scan.at = end.at;
  else withhold(scan);
}

function bracket(scan: Scan): void {
  const end = linkEnd(scan.text, scan.at);
  if (end.kind === "whole") {
    scan.at += 1;
    return;
  }
  const before = scan.text.slice(0, scan.at);
  const isNote = scan.text[scan.at + 1] === "^";
  // Its words go on being read, for what they leave open themselves.
  scan.kept = isNote ? before : before + mendInline(scan.text.slice(scan.at + 1, end.at));
}

/** The address of a link holds no emphasis. */
function address(scan: Scan): void {
  const end = scan.text[scan.at + 1] === "(" ? matching(scan.text, scan.at + 1, "(", ")") : -1;
  scan.at = end < 0 ? scan.at + 1 : end + 1;
}

type LinkEnd =
  | { readonly kind: "whole"; readonly at: number }
  /** `at`: where the words end, as far as they came. */
  | { readonly kind: "unfinished"; readonly at: number };

function linkEnd(text: string, open: number): LinkEnd {
  const close = matching(text, open, "[", "]");
  if (close < 0) return { kind: "unfinished", at: text.length };
  const next = text[close + 1];
  if (next === undefined) return { kind: "unfinished", at: close };
  if (next !== "(") return { kind: "whole", at: close + 1 };
  const end = matching(text, close + 1, "(", ")");
  if (end >= 0) return { kind: "whole", at: end + 1 };
  return text.includes("\n", close) ? { kind: "whole", at: close + 1 } : { kind: "unfinished", at: close };
}

function matching(text: string, open: number, opening: string, closing: string): number {
  let depth = 0;
  for (let index = open; index < text.length; index += 1) {
    const character = text[index];
    if (character === "\\") index += 1;
    else if (character === opening) depth += 1;
    else if (character === closing) {
      depth -= 1;
      if (depth === 0) return index;
    }
  }
  return -1;
}

function runLength(text: string, at: number): number {
  let end = at + 1;
  while (text[end] === text[at]) end += 1;
  return end - at;
}

/** Closes emphasis from the inside out; what holds no word yet is taken away. */
function closeAll(text: string, opened: readonly Opened[]): string {
  let mended = text;
  for (const { marker, contentAt } of opened.toReversed()) {
    const content = mended.slice(contentAt);
    if (content.trim() === "") mended = mended.slice(0, Math.max(0, contentAt - marker.length));
    else mended = mended.trimEnd() + marker;
  }
  return mended;
}
