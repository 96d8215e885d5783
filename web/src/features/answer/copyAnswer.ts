/** Copies a whole answer: rich text with its Markdown beside it, or the Markdown alone. */
import { copyToClipboard } from "./clipboard";
import { formulaAsLine } from "./formulas/client";
import { inlineReader, type Reading, readBlocks, toNodes } from "./markdown";
import { formulasAmong } from "./nodes";
import { richText } from "./richText";

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
  const lines = await Promise.all(
    formulasAmong(nodes).map(async ({ tex }) => [tex, await formulaAsLine(tex)] as const),
  );
  const known = new Map(lines);
  return richText(nodes, (tex) => known.get(tex) ?? null);
}
