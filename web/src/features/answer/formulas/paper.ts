/** What KaTeX draws on where there is no page: as much of a document as it uses, whose elements are plain data. */
import type { Drawn, DrawnElement } from "./kinds";

const HTML = "http://www.w3.org/1999/xhtml";

const PROPERTY = /([a-z-]+)\s*:\s*([^;]+)/g;
const camel = (name: string) => name.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase());

class Sheet implements DrawnElement {
  readonly attributes: Record<string, string> = {};
  readonly style: Record<string, string> = {};
  readonly children: Drawn[] = [];
  readonly namespace: string;
  readonly tag: string;

  constructor(namespace: string, tag: string) {
    this.namespace = namespace;
    this.tag = tag;
  }

  set className(name: string) {
    if (name !== "") this.attributes["class"] = name;
  }

  /** A style as an attribute is what the CSP refuses: it becomes properties, set one by one. */
  setAttribute(name: string, value: unknown): void {
    if (name !== "style") this.attributes[name] = String(value);
    else
      for (const [, property = "", size = ""] of String(value).matchAll(PROPERTY)) this.style[camel(property)] = size;
  }

  appendChild(child: Drawn | Sheets): void {
    if (child instanceof Sheets) this.children.push(...child.children);
    else this.children.push(child);
  }
}

/** Several at once, without anything around them. */
class Sheets extends Sheet {
  constructor() {
    super("", "");
  }
}

const PAPER = {
  createElement: (tag: string) => new Sheet(HTML, tag),
  createElementNS: (namespace: string, tag: string) => new Sheet(namespace, tag),
  createTextNode: (text: string) => text,
  createDocumentFragment: () => new Sheets(),
};

/** Runs what draws with this paper in the place of the document. */
export function onPaper(draw: () => unknown): DrawnElement {
  const place = globalThis as { document?: unknown };
  const page = Object.getOwnPropertyDescriptor(place, "document");
  Object.defineProperty(place, "document", { value: PAPER, configurable: true });
  try {
    const sheet = draw() as Sheet;
    return plain(sheet) as DrawnElement;
  } finally {
    if (page) Object.defineProperty(place, "document", page);
    else delete place.document;
  }
}

/** Without methods, which do not travel between threads. */
function plain(drawn: Drawn): Drawn {
  if (typeof drawn === "string") return drawn;
  const { tag, namespace, attributes, style, children } = drawn;
  return { tag, namespace, attributes, style, children: children.map(plain) };
}
