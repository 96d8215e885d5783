/** Cuts the text of a page around what is quoted of the document; positions count code points. Pure. */

export interface Quoted {
  readonly before: string;
  readonly match: string;
  readonly after: string;
}

interface Page {
  readonly text: string;
  /** Of the page's first character in the document. */
  readonly start: number;
}

export function quotedIn({ text, start }: Page, quoted: { readonly start: number; readonly end: number }): Quoted {
  const points = Array.from(text);
  const within = (place: number) => Math.min(points.length, Math.max(0, place - start));
  const [from, to] = [within(quoted.start), within(quoted.end)];
  if (to <= from) return { before: text, match: "", after: "" };
  return {
    before: points.slice(0, from).join(""),
    match: points.slice(from, to).join(""),
    after: points.slice(to).join(""),
  };
}
