/** Copies a whole answer: rich text with its Markdown beside it, or the Markdown alone. */
import { copyToClipboard } from "./clipboard";
import { inlineReader, type Reading, readBlocks, toNodes } from "./markdown";
import { richText } from "./richText";
import { loadSetter } from "./typeset";

/** False when the browser refused. */
export function copyAnswer(markdown: string): Promise<boolean> {
  return copyToClipboard(markdown, answerAsHtml(markdown));
}

export function copyMarkdown(markdown: string): Promise<boolean> {
  return copyToClipboard(markdown);
}

export async function answerAsHtml(markdown: string): Promise<string> {
  const reading: Reading = { references: {} };
  const tokens = readBlocks(markdown.replace(/\r\n?/g, "\n"), reading);
  const nodes = toNodes(tokens, inlineReader(reading));
  const setter = tokens.some(holdsMaths) ? await loadSetter() : null;
  return richText(nodes, (tex) => setter?.formulaAsLine(tex) ?? null);
}

function holdsMaths({ type, content }: { readonly type: string; readonly content: string }): boolean {
  return type === "maths_block" || (type === "inline" && /\$|\\\(|\\\[/.test(content));
}
