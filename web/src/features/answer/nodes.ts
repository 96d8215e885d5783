/**
 * An answer as a tree of plain values: what Markdown means, before any DOM or HTML exists. There is no node for raw HTML,
 * for a picture to load, or for an attribute that a text could choose: what is not here cannot be shown.
 */

export type Align = "left" | "center" | "right" | null;

export type InlineTag = "em" | "strong" | "s";
export type BlockTag = "p" | "blockquote" | "ul" | "li" | "table" | "thead" | "tbody" | "tr";
export type EmptyTag = "br" | "hr";

export interface Text {
  readonly kind: "text";
  readonly text: string;
}

export interface Element {
  readonly kind: "element";
  readonly tag: InlineTag | BlockTag;
  /** An item of a list that begins with a box to tick. */
  readonly task?: true;
  readonly children: readonly AnswerNode[];
}

export interface Empty {
  readonly kind: "empty";
  readonly tag: EmptyTag;
}

export interface OrderedList {
  readonly kind: "ordered";
  readonly start: number;
  readonly children: readonly AnswerNode[];
}

export interface Heading {
  readonly kind: "heading";
  readonly level: number;
  readonly children: readonly AnswerNode[];
}

export interface Cell {
  readonly kind: "cell";
  readonly header: boolean;
  readonly align: Align;
  /** Right-aligned, with figures of one width. */
  readonly numeric: boolean;
  readonly children: readonly AnswerNode[];
}

/** Always an absolute http, https or mailto address; `shown` is where it goes, null when its text says it already. */
export interface Link {
  readonly kind: "link";
  readonly href: string;
  readonly shown: string | null;
  readonly children: readonly AnswerNode[];
}

/** A picture is never loaded: its words and its address are shown as text. */
export interface Picture {
  readonly kind: "picture";
  readonly words: string;
  readonly address: string;
}

export interface Task {
  readonly kind: "task";
  readonly done: boolean;
}

/** The mark of a footnote, in the text (`note` false) or in front of the note itself. */
export interface FootnoteMark {
  readonly kind: "mark";
  readonly label: string;
  readonly note: boolean;
}

/** What a number says: which citation it opens (null while it is not checked), and what was found of it. */
export interface Cited {
  readonly index: number | null;
  /** 0 for a sentence that has no source. */
  readonly number: number;
  readonly state: "pending" | "verified" | "unsupported";
  /** Its name, for who hears it. */
  readonly label: string;
}

/** The numbers of the passages that a sentence rests on; `found` when the answer itself wrote none. */
export interface Cite {
  readonly kind: "cite";
  readonly cited: readonly Cited[];
  readonly found: boolean;
  /** The end of the word and the stop that it stays with, on one line. */
  readonly before: string;
  readonly after: string;
}

export interface InlineCode {
  readonly kind: "inlineCode";
  readonly text: string;
}

export interface Code {
  readonly kind: "code";
  /** As written after the fence; empty when nothing was. */
  readonly language: string;
  readonly text: string;
  /** More lines may come: the text is still being written. */
  readonly open: boolean;
}

export interface Maths {
  readonly kind: "maths";
  readonly tex: string;
  readonly display: boolean;
  readonly open: boolean;
}

export type Parent = Element | OrderedList | Heading | Cell | Link;

export type AnswerNode =
  | Text
  | Element
  | Empty
  | OrderedList
  | Heading
  | Cell
  | Link
  | Picture
  | Task
  | FootnoteMark
  | Cite
  | InlineCode
  | Code
  | Maths;

export function hasChildren(node: AnswerNode): node is Parent {
  return "children" in node;
}

/** The formulas of nodes, in their order; the last may still be open. */
export function formulasAmong(nodes: readonly AnswerNode[]): readonly Maths[] {
  return nodes.flatMap((node) => {
    if (hasChildren(node)) return formulasAmong(node.children);
    return node.kind === "maths" ? [node] : [];
  });
}

/** The words of nodes, without their form. */
export function plainText(nodes: readonly AnswerNode[]): string {
  return nodes.map(plainNode).join("");
}

function plainNode(node: AnswerNode): string {
  switch (node.kind) {
    case "text":
    case "inlineCode":
    case "code":
      return node.text;
    case "maths":
      return node.tex;
    case "picture":
      return node.words;
    case "empty":
      return node.tag === "br" ? " " : "";
    case "task":
    case "mark":
      return "";
    case "cite":
      return node.before + node.after;
    default:
      return plainText(node.children);
  }
}
