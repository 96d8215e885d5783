/**
 * A formula as a line of text for word processors: letters in italic, indices and exponents, fractions with a stroke. They
 * read no MathML in what is pasted (LibreOffice makes "ab" of a fraction a over b): what cannot be said on a line without
 * changing its meaning is not said here at all.
 */

/** A node of the MathML tree that KaTeX builds; a text has no type. */
export interface MathsNode {
  readonly type?: string;
  readonly text?: string;
  readonly attributes?: Readonly<Record<string, string>>;
  readonly children?: readonly MathsNode[];
}

class NotOnALine extends Error {}

/** HTML of the formula, or null when a line cannot hold it. */
export function linearMaths(root: MathsNode): string | null {
  try {
    return tidy(line(root));
  } catch (error) {
    if (error instanceof NotOnALine) return null;
    throw error;
  }
}

function line(node: MathsNode): string {
  const write = WRITERS[node.type ?? ""];
  if (node.type === undefined && node.children === undefined) return escaped(node.text ?? "");
  if (node.type === undefined) return all(node);
  if (!write) throw new NotOnALine(node.type);
  return write(node);
}

const all = (node: MathsNode) => (node.children ?? []).map(line).join("");

function part(node: MathsNode, index: number): MathsNode {
  return node.children?.[index] ?? { text: "" };
}

/** A part that stands for one thing, in parentheses when it is made of several. */
function group(node: MathsNode): string {
  const text = line(node);
  return /^(?:<i>.<\/i>|[\p{L}\p{N}.,]+)(?:<(su[bp])>[^<]*<\/\1>)*$/u.test(text) ? text : `(${text})`;
}

const sub = (node: MathsNode) => `<sub>${line(node)}</sub>`;
const sup = (node: MathsNode) => `<sup>${line(node)}</sup>`;

const RELATION = /^[=<>≤≥≈≠≡∼≃∝→⟶⟵⇒⇔↦∈∉⊂⊆∪∩∧∨±×·+−]$/u;

function operator(node: MathsNode): string {
  const text = all(node);
  if (text === "\u2061") return " ";
  if (/^[\u2062-\u2064]$/.test(text)) return "";
  return RELATION.test(text) || text === "&lt;" || text === "&gt;" ? ` ${text} ` : text;
}

/** A sign above a letter, as a character that joins it. */
const ABOVE: Readonly<Record<string, string>> = {
  "^": "\u0302",
  ˉ: "\u0304",
  "¯": "\u0304",
  "~": "\u0303",
  "˙": "\u0307",
  "¨": "\u0308",
  "⃗": "\u20D7",
  "→": "\u20D7",
};

function over(node: MathsNode): string {
  const base = line(part(node, 0));
  const above = part(node, 1);
  if (node.attributes?.["accent"] !== "true") return base + sup(above);
  const sign = ABOVE[line(above).trim()];
  const letter = /^(?:<i>)?.(?:<\/i>)?$/u.test(base);
  if (sign === undefined || !letter) throw new NotOnALine("accent");
  return base.replace(/^(<i>)?(.)/u, `$1$2${sign}`);
}

function fraction(node: MathsNode): string {
  if (node.attributes?.["linethickness"] !== undefined) throw new NotOnALine("binomial");
  return `${group(part(node, 0))}/${group(part(node, 1))}`;
}

function identifier(node: MathsNode): string {
  const text = all(node);
  const variant = node.attributes?.["mathvariant"];
  if (variant?.startsWith("bold")) return `<b>${text}</b>`;
  const alphabet = ALPHABETS[variant ?? ""];
  if (alphabet) return [...text].map((letter) => inAlphabet(letter, alphabet)).join("");
  const upright = variant === "normal" || [...text].length > 1;
  return upright || !/\p{L}/u.test(text) ? text : `<i>${text}</i>`;
}

interface Alphabet {
  /** Code points of A and a. */
  readonly upper: number;
  readonly lower: number;
  /** Letters that Unicode has elsewhere. */
  readonly others: Readonly<Record<string, string>>;
}

/** The bold ones of script and Fraktur, which have no holes. */
const ALPHABETS: Readonly<Record<string, Alphabet>> = {
  "double-struck": {
    upper: 0x1d538,
    lower: 0x1d552,
    others: { C: "ℂ", H: "ℍ", N: "ℕ", P: "ℙ", Q: "ℚ", R: "ℝ", Z: "ℤ" },
  },
  script: { upper: 0x1d4d0, lower: 0x1d4ea, others: {} },
  fraktur: { upper: 0x1d56c, lower: 0x1d586, others: {} },
};

function inAlphabet(letter: string, { upper, lower, others }: Alphabet): string {
  if (!/^[A-Za-z]$/.test(letter)) return letter;
  const isUpper = letter < "a";
  const rank = letter.charCodeAt(0) - (isUpper ? 65 : 97);
  return others[letter] ?? String.fromCodePoint((isUpper ? upper : lower) + rank);
}

const WRITERS: Readonly<Record<string, (node: MathsNode) => string>> = {
  math: all,
  mrow: all,
  mstyle: all,
  mpadded: all,
  mn: all,
  mtext: all,
  mi: identifier,
  mo: operator,
  semantics: (node) => line(part(node, 0)),
  mspace: (node) => (Number.parseFloat(node.attributes?.["width"] ?? "0") > 0.5 ? " " : ""),
  msub: (node) => line(part(node, 0)) + sub(part(node, 1)),
  msup: (node) => line(part(node, 0)) + sup(part(node, 1)),
  msubsup: (node) => line(part(node, 0)) + sub(part(node, 1)) + sup(part(node, 2)),
  munder: (node) => line(part(node, 0)) + sub(part(node, 1)),
  mover: over,
  munderover: (node) => line(part(node, 0)) + sub(part(node, 1)) + sup(part(node, 2)),
  mfrac: fraction,
  msqrt: (node) => `√(${all(node)})`,
  mroot: (node) => `${sup(part(node, 1))}√(${line(part(node, 0))})`,
};

function tidy(text: string): string {
  return text.replaceAll("\u200B", "").replace(/\s+/g, " ").trim();
}

function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}
