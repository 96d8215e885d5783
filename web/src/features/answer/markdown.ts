/**
 * Reads Markdown into nodes, in two steps that can be taken at different moments:
 *
 *     source ──readBlocks──▶ block tokens (which lines are what; cheap) ──toNodes──▶ nodes (inline text read; costs more)
 *
 * markdown-it, with raw HTML off: `<b>` is the text "<b>". Chosen for its hand-written scanners (no pattern that a hostile
 * text could make slow), its limit on nesting, and its line maps, on which the cutting into blocks stands.
 */
import MarkdownIt, { type Env, type Token } from "markdown-it";
import { footnoteRules } from "./footnotes";
import { destination, tellsItsPlace } from "./links";
import { isOpenMaths, mathsRules } from "./maths";
import type { Align, AnswerNode, BlockTag, InlineTag } from "./nodes";
import { plainText } from "./nodes";
import { columnsOf } from "./tables";

const markdown = new MarkdownIt({ html: false, linkify: true, breaks: true, typographer: false, maxNesting: 40 });
markdown.linkify.set({ fuzzyLink: false, fuzzyEmail: false, fuzzyIP: false });
markdown.normalizeLink = (address) => address;
// Every address is looked at when the link is built: what may not be followed is shown as text, not as raw Markdown.
markdown.validateLink = () => true;
mathsRules(markdown);
footnoteRules(markdown);

export interface Reading extends Env {
  /** The end of the source is not the end of the text. */
  readonly growing?: boolean;
}

export function readBlocks(source: string, reading: Reading): readonly Token[] {
  const tokens: Token[] = [];
  markdown.block.parse(source, markdown, reading, tokens);
  return tokens;
}

/** Reads inline text; what was read before is taken from `known`, so that a growing list is not read again at each frame. */
export type InlineReader = (token: Token) => readonly AnswerNode[];

export function inlineReader(reading: Reading, known?: Map<string, readonly AnswerNode[]>): InlineReader {
  return ({ content }) => {
    const before = known?.get(content);
    if (before) return before;
    const tokens: Token[] = [];
    markdown.inline.parse(content, markdown, reading, tokens);
    const nodes = joinTexts(nest(tokens, inlineNode));
    known?.set(content, nodes);
    return nodes;
  };
}

export function toNodes(tokens: readonly Token[], readInline: InlineReader, growing = false): readonly AnswerNode[] {
  return nest(tokens, (token, children) =>
    token.type === "inline" ? readInline(token) : blockNode(token, children, growing),
  );
}

type Build = (token: Token, children: readonly AnswerNode[]) => readonly AnswerNode[];

/** Turns the flat open/close tokens into a tree, children first. */
function nest(tokens: readonly Token[], build: Build): readonly AnswerNode[] {
  const levels: AnswerNode[][] = [[]];
  const openings: Token[] = [];
  for (const token of tokens) {
    if (token.nesting === 1) {
      openings.push(token);
      levels.push([]);
      continue;
    }
    const opening = token.nesting === -1 ? openings.pop() : token;
    const children = token.nesting === -1 ? levels.pop() : [];
    if (opening) levels.at(-1)?.push(...build(opening, children ?? []));
  }
  return levels[0] ?? [];
}

const INLINE_TAGS: ReadonlyMap<string, InlineTag> = new Map([
  ["em_open", "em"],
  ["strong_open", "strong"],
  ["s_open", "s"],
]);

function inlineNode(token: Token, children: readonly AnswerNode[]): readonly AnswerNode[] {
  const tag = INLINE_TAGS.get(token.type);
  if (tag) return [{ kind: "element", tag, children: joinTexts(children) }];
  switch (token.type) {
    case "softbreak":
    case "hardbreak":
      return [{ kind: "empty", tag: "br" }];
    case "code_inline":
      return [{ kind: "inlineCode", text: token.content }];
    case "maths":
      return [{ kind: "maths", tex: token.content, display: token.markup === "$$", open: false }];
    case "footnote_mark":
      return [{ kind: "mark", label: token.content, note: false }];
    case "image":
      return [{ kind: "picture", words: token.content, address: String(token.attrGet("src") ?? "") }];
    case "link_open":
      return link(String(token.attrGet("href") ?? ""), joinTexts(children));
    default:
      return [{ kind: "text", text: token.content }];
  }
}

function link(address: string, children: readonly AnswerNode[]): readonly AnswerNode[] {
  const goal = destination(address);
  const words = plainText(children);
  if (goal === null) return words === address ? children : [...children, { kind: "text", text: ` (${address})` }];
  return [{ kind: "link", href: goal.href, shown: tellsItsPlace(words, goal) ? null : goal.place, children }];
}

const BLOCK_TAGS: ReadonlyMap<string, BlockTag> = new Map([
  ["paragraph_open", "p"],
  ["blockquote_open", "blockquote"],
  ["bullet_list_open", "ul"],
  ["thead_open", "thead"],
  ["tbody_open", "tbody"],
  ["tr_open", "tr"],
]);

function blockNode(token: Token, children: readonly AnswerNode[], growing: boolean): readonly AnswerNode[] {
  const tag = BLOCK_TAGS.get(token.type);
  if (tag) return [{ kind: "element", tag, children }];
  switch (token.type) {
    case "heading_open":
      return [{ kind: "heading", level: Number(token.tag.slice(1)), children }];
    case "ordered_list_open":
      return [{ kind: "ordered", start: Number(token.attrGet("start") ?? 1), children }];
    case "list_item_open":
      return [item(children)];
    case "hr":
      return [{ kind: "empty", tag: "hr" }];
    case "fence":
    case "code_block":
      return [code(token, growing)];
    case "maths_block":
      return [{ kind: "maths", tex: token.content, display: true, open: isOpenMaths(token) }];
    case "table_open":
      return [{ kind: "element", tag: "table", children: columnsOf(children) }];
    case "th_open":
    case "td_open":
      return [{ kind: "cell", header: token.tag === "th", align: align(token), numeric: false, children }];
    case "footnote_open":
      return [
        { kind: "element", tag: "p", children: [{ kind: "mark", label: token.content, note: true }, ...children] },
      ];
    default:
      return children;
  }
}

function code(token: Token, growing: boolean): AnswerNode {
  const language = token.info.trim().split(/[\s{:,]/, 1)[0] ?? "";
  const text = token.content.replace(/\n$/, "");
  return { kind: "code", language: language.slice(0, 40), text, open: growing && isOpenFence(token) };
}

/** A fence without its end has one line more than its content; a closed one has two. */
function isOpenFence({ type, map, content }: Token): boolean {
  if (type !== "fence" || !map) return false;
  const lines = content === "" ? 0 : content.replace(/\n$/, "").split("\n").length;
  return map[1] - map[0] < lines + 2;
}

function align(token: Token): Align {
  const style = String(token.attrGet("style") ?? "");
  if (style.endsWith("right")) return "right";
  if (style.endsWith("center")) return "center";
  return style.endsWith("left") ? "left" : null;
}

const TASK = /^\[([ xX])\](?:\s+|$)/;

/** `- [x] done`: the box is part of the item, not of its words. */
function item(children: readonly AnswerNode[]): AnswerNode {
  const plain: AnswerNode = { kind: "element", tag: "li", children };
  const [paragraph, ...others] = children;
  if (paragraph?.kind !== "element" || paragraph.tag !== "p") return plain;
  const [first, ...rest] = paragraph.children;
  const box = first?.kind === "text" ? TASK.exec(first.text) : null;
  if (first?.kind !== "text" || !box) return plain;
  const words: AnswerNode = { kind: "text", text: first.text.slice(box[0].length) };
  const task: AnswerNode = { kind: "task", done: box[1] !== " " };
  return { ...plain, task: true, children: [{ ...paragraph, children: [task, words, ...rest] }, ...others] };
}

function joinTexts(nodes: readonly AnswerNode[]): readonly AnswerNode[] {
  const joined: AnswerNode[] = [];
  for (const node of nodes) {
    const last = joined.at(-1);
    if (node.kind !== "text") joined.push(node);
    else if (last?.kind === "text") joined[joined.length - 1] = { kind: "text", text: last.text + node.text };
    else if (node.text !== "") joined.push(node);
  }
  return joined;
}
