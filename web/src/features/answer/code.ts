/**
 * The element of a block of code: a frame with the language and a copy button, and lines that scroll inside. The text is
 * held in pieces of a few lines, so that a line added, or coloured, lays out its piece and not the whole.
 */
import type { Kind, Line } from "./colouring/kinds";
import type { AnswerLabels } from "./labels";
import { css } from "./style";

const LINES_PER_PIECE = 24;

export interface CodeFrame {
  readonly element: HTMLElement;
  /** Shows the text; when it goes on from the last one, only what is new is touched. */
  readonly show: (text: string) => void;
  /** Colours one piece; returns how many elements that made, 0 when there is no such piece. */
  readonly colour: (piece: number, lines: readonly Line[]) => number;
}

export function codeFrame(language: string, labels: AnswerLabels): CodeFrame {
  const element = document.createElement("figure");
  element.className = css("code");
  const code = document.createElement("code");
  element.append(caption(language, labels), region(code, labels.code(language)));
  let pieces: readonly string[] = [];
  return {
    element,
    show: (text) => {
      const next = cut(text);
      next.forEach((piece, index) => {
        if (piece !== pieces[index]) showPiece(code, index, piece);
      });
      while (code.childElementCount > next.length) code.lastElementChild?.remove();
      pieces = next;
    },
    colour: (index, lines) => {
      const piece = code.children[index];
      if (!piece || pieces[index] === undefined) return 0;
      const first = index * LINES_PER_PIECE;
      piece.replaceChildren(...coloured(pieces[index], lines.slice(first, first + LINES_PER_PIECE)));
      return 1 + piece.childElementCount;
    },
  };
}

function caption(language: string, labels: AnswerLabels): HTMLElement {
  const element = document.createElement("figcaption");
  element.className = css("codeCaption");
  const name = document.createElement("span");
  name.textContent = language;
  name.translate = false;
  const copy = document.createElement("button");
  copy.type = "button";
  copy.className = css("copy");
  copy.setAttribute("data-action", "copy-code");
  copy.textContent = labels.copy;
  copy.setAttribute("aria-label", labels.copyCode);
  element.append(name, copy);
  return element;
}

/** Long lines scroll here, so the keyboard must be able to come here, and the place must have a name. */
function region(code: HTMLElement, label: string): HTMLElement {
  const element = document.createElement("pre");
  element.className = css("codeLines");
  element.tabIndex = 0;
  element.setAttribute("role", "group");
  element.setAttribute("aria-label", label);
  element.translate = false;
  element.dir = "ltr";
  element.append(code);
  return element;
}

function cut(text: string): readonly string[] {
  const lines = text.split("\n");
  const pieces: string[] = [];
  for (let first = 0; first < lines.length; first += LINES_PER_PIECE) {
    const last = first + LINES_PER_PIECE >= lines.length;
    pieces.push(lines.slice(first, first + LINES_PER_PIECE).join("\n") + (last ? "" : "\n"));
  }
  return pieces;
}

function showPiece(code: HTMLElement, index: number, text: string): void {
  const piece = code.children[index] ?? code.appendChild(pieceElement());
  const node = piece.firstChild;
  if (node instanceof Text && piece.childNodes.length === 1 && text.startsWith(node.data)) {
    node.appendData(text.slice(node.data.length));
  } else piece.replaceChildren(text);
}

function pieceElement(): HTMLElement {
  const piece = document.createElement("span");
  piece.className = css("piece");
  return piece;
}

function coloured(text: string, lines: readonly Line[]): readonly (Node | string)[] {
  const nodes: (Node | string)[] = [];
  text.split("\n").forEach((line, index) => {
    if (index > 0) nodes.push("\n");
    let at = 0;
    for (const [length, kind] of lines[index] ?? []) {
      nodes.push(kind === null ? line.slice(at, at + length) : run(line.slice(at, at + length), kind));
      at += length;
    }
    if (at < line.length) nodes.push(line.slice(at));
  });
  return nodes;
}

function run(text: string, kind: Kind): HTMLElement {
  const span = document.createElement("span");
  span.className = css(kind);
  span.textContent = text;
  return span;
}
