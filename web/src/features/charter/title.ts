/** The title of a Markdown text, apart from the rest: a dialog shows it as its own. */
export function withoutTitle(text: string): { readonly title: string | null; readonly body: string } {
  const found = /^\s*#[ \t]+(.+?)[ \t]*#*[ \t]*(?:\n|$)/.exec(text);
  if (!found) return { title: null, body: text };
  return { title: (found[1] ?? "").replace(/[*_`]/g, ""), body: text.slice(found[0].length) };
}
