/**
 * An answer as HTML for Word, LibreOffice and mail: plain semantic elements, no class, no style, no script, nothing of the
 * page. Old attributes (border, align) on purpose: they are what word processors read.
 */
import { type AnswerNode, type Cell, hasChildren, type Maths } from "./nodes";

/** A formula as a line of HTML, or null when a line cannot hold it: its source is then given. */
export type Markup = (tex: string) => string | null;

export function richText(nodes: readonly AnswerNode[], markup: Markup): string {
  return `<html><head><meta charset="utf-8"></head><body>${inner(nodes, markup)}</body></html>`;
}

function inner(nodes: readonly AnswerNode[], markup: Markup): string {
  return nodes
    .map((node) => (hasChildren(node) ? parent(node, inner(node.children, markup)) : leaf(node, markup)))
    .join("");
}

function parent(node: Extract<AnswerNode, { children: unknown }>, content: string): string {
  switch (node.kind) {
    case "link":
      return `<a href="${escaped(node.href)}">${content}</a>`;
    case "heading":
      return `<h${node.level}>${content}</h${node.level}>`;
    case "ordered":
      return `<ol${node.start === 1 ? "" : ` start="${node.start}"`}>${content}</ol>`;
    case "cell":
      return cell(node, content);
    case "element":
      if (node.tag === "table") return `<table border="1" cellspacing="0" cellpadding="4">${content}</table>`;
      return `<${node.tag}>${content}</${node.tag}>`;
  }
}

function cell({ header, align, numeric }: Cell, content: string): string {
  const tag = header ? "th" : "td";
  const side = align ?? (numeric ? "right" : null);
  return `<${tag}${side ? ` align="${side}"` : ""}>${content}</${tag}>`;
}

type Leaf = Exclude<AnswerNode, { children: unknown }>;

function leaf(node: Leaf, markup: Markup): string {
  switch (node.kind) {
    case "text":
      return escaped(node.text);
    case "empty":
      return `<${node.tag}>`;
    case "inlineCode":
      return `<code>${escaped(node.text)}</code>`;
    case "code":
      return `<pre><code>${escaped(node.text)}</code></pre>`;
    case "picture":
      return escaped(`${node.words} (${node.address})`);
    case "task":
      return node.done ? "☑ " : "☐ ";
    case "mark":
      return `<sup>${escaped(node.label)}</sup>${node.note ? " " : ""}`;
    case "cite":
      return escaped(node.before + node.after);
    case "maths":
      return maths(node, markup);
  }
}

function maths({ tex, display }: Maths, markup: Markup): string {
  const made = markup(tex) ?? `<code>${escaped(tex)}</code>`;
  return display ? `<p align="center">${made}</p>` : made;
}

function escaped(text: string): string {
  return text.replace(/[&<>"]/g, (character) => ENTITIES[character] ?? character);
}

const ENTITIES: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };
