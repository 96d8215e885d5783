/**
 * Makes the DOM of nodes, and brings it from one reading of a growing text to the next by touching only what changed: what
 * a person reads, selects or scrolls stays the same elements. Each new piece is sanitised before it joins the page.
 */
import { type CodeFrame, codeFrame } from "./code";
import {
  cell,
  cite,
  dressCite,
  formula,
  heading,
  linkFrame,
  nameTable,
  picture,
  plain,
  tableFrame,
  tickBox,
  wordsFrame,
  wordsIn,
} from "./elements";
import type { AnswerLabels } from "./labels";
import { type AnswerNode, type Cite, type Code, hasChildren, type Maths, type Parent } from "./nodes";

export interface Mounted {
  readonly node: AnswerNode;
  readonly dom: ChildNode;
  /** The element that holds the children. */
  readonly host: Element | null;
  readonly children: readonly Mounted[];
  readonly frame: CodeFrame | null;
}

/** What is left to do once an element is in the page, at a quieter moment. */
export interface Mounting {
  readonly labels: AnswerLabels;
  /** Whether an address may be a link; absent: any may. */
  readonly leads?: (href: string) => boolean;
  readonly sanitise: (element: Element) => void;
  readonly typeset: (element: HTMLElement, maths: Maths) => void;
  readonly colour: (frame: CodeFrame, code: Code) => void;
  /** Called for each element made. */
  readonly made: () => void;
}

/** Shows `nodes` at the end of `host`, in place of the `mounted` ones. */
export function showNodes(
  mounting: Mounting,
  host: Element,
  mounted: readonly Mounted[],
  nodes: readonly AnswerNode[],
): readonly Mounted[] {
  const next = nodes.map((node, index) => {
    const before = mounted[index];
    const after = before ? update(mounting, before, node) : null;
    if (after) return after;
    const fresh = mount(mounting, node);
    if (fresh.dom instanceof Element) mounting.sanitise(fresh.dom);
    if (before) before.dom.replaceWith(fresh.dom);
    else host.append(fresh.dom);
    return fresh;
  });
  for (const { dom } of mounted.slice(nodes.length)) dom.remove();
  return next;
}

/** The same element with new content; null when another element is needed. */
function update(mounting: Mounting, mounted: Mounted, node: AnswerNode): Mounted | null {
  const { node: before, host } = mounted;
  if (before === node) return mounted;
  if (before.kind === "text" && node.kind === "text") return updateText(mounted, node.text);
  if (before.kind === "code" && node.kind === "code") return updateCode(mounting, mounted, before, node);
  if (before.kind === "maths" && node.kind === "maths" && before.open && node.open) return { ...mounted, node };
  if (before.kind === "cite" && node.kind === "cite") return updateCite(mounted, before, node);
  if (!sameShape(before, node)) return null;
  if (!hasChildren(node) || !host) return { ...mounted, node };
  if (node.kind === "element" && node.tag === "table") nameTable(mounted.dom as Element, node, mounting.labels);
  return { ...mounted, node, children: showNodes(mounting, host, mounted.children, node.children) };
}

function updateText(mounted: Mounted, text: string): Mounted {
  const dom = mounted.dom as Text;
  if (dom.data !== text) {
    if (text.startsWith(dom.data)) dom.appendData(text.slice(dom.data.length));
    else dom.data = text;
  }
  return { ...mounted, node: { kind: "text", text } };
}

function updateCite(mounted: Mounted, before: Cite, node: Cite): Mounted | null {
  return dressCite(mounted.dom as Element, before, node) ? { ...mounted, node } : null;
}

function updateCode(mounting: Mounting, mounted: Mounted, before: Code, node: Code): Mounted | null {
  if (before.language !== node.language || !mounted.frame) return null;
  if (before.text !== node.text) mounted.frame.show(node.text);
  if (!node.open && (before.open || before.text !== node.text)) mounting.colour(mounted.frame, node);
  return { ...mounted, node };
}

/** True when both nodes are shown by the same element, their children left aside. */
function sameShape(before: AnswerNode, node: AnswerNode): boolean {
  const { children: _, ...one } = before as Partial<Parent>;
  const { children: __, ...other } = node as Partial<Parent>;
  return JSON.stringify(one) === JSON.stringify(other);
}

function mount(mounting: Mounting, node: AnswerNode): Mounted {
  mounting.made();
  switch (node.kind) {
    case "text":
      return leaf(node, document.createTextNode(node.text));
    case "empty":
      return leaf(node, document.createElement(node.tag));
    case "inlineCode":
      return leaf(node, wordsIn("code", "inlineCode", node.text));
    case "picture":
      return leaf(node, picture(node.words, node.address, mounting.labels));
    case "task":
      return leaf(node, tickBox(node.done, mounting.labels));
    case "mark":
      return leaf(node, wordsIn("sup", node.note ? "note" : "mark", node.label));
    case "cite":
      return leaf(node, cite(node));
    case "maths":
      return mountMaths(mounting, node);
    case "code":
      return mountCode(mounting, node);
    default:
      return mountParent(mounting, node);
  }
}

function leaf(node: AnswerNode, dom: ChildNode, frame: CodeFrame | null = null): Mounted {
  return { node, dom, host: null, children: [], frame };
}

function mountMaths(mounting: Mounting, node: Maths): Mounted {
  const element = formula(node);
  mounting.typeset(element, node);
  return leaf(node, element);
}

function mountCode(mounting: Mounting, node: Code): Mounted {
  const frame = codeFrame(node.language, mounting.labels);
  frame.show(node.text);
  if (!node.open) mounting.colour(frame, node);
  return leaf(node, frame.element, frame);
}

function mountParent(mounting: Mounting, node: Parent): Mounted {
  const [dom, host] = frameOf(node, mounting);
  const children = node.children.map((child) => {
    const mounted = mount(mounting, child);
    host.append(mounted.dom);
    return mounted;
  });
  return { node, dom, host, children, frame: null };
}

/** The outer element, and the one that holds the children. */
function frameOf(node: Parent, { labels, leads = () => true }: Mounting): readonly [HTMLElement, HTMLElement] {
  const alone = (element: HTMLElement) => [element, element] as const;
  switch (node.kind) {
    case "link":
      return leads(node.href) ? linkFrame(node) : wordsFrame(node);
    case "heading":
      return alone(heading(node.level));
    case "ordered":
      return alone(Object.assign(document.createElement("ol"), { start: node.start }));
    case "cell":
      return alone(cell(node));
    case "element": {
      if (node.tag !== "table") return alone(plain(node));
      const [frame, table] = tableFrame();
      nameTable(frame, node, labels);
      return [frame, table];
    }
  }
}
