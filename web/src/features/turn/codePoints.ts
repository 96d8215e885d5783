/** Positions in a turn count code points, as the server does; JavaScript strings count UTF-16 units. */

/** Number of code points; a lone surrogate counts as one. */
export function countCodePoints(text: string): number {
  let count = text.length;
  for (let index = 1; index < text.length; index += 1) {
    if (isPair(text, index)) count -= 1;
  }
  return count;
}

/** The text without its first `skipped` code points. */
export function dropCodePoints(text: string, skipped: number): string {
  let index = 0;
  for (let left = skipped; left > 0 && index < text.length; left -= 1) index += isPair(text, index + 1) ? 2 : 1;
  return text.slice(index);
}

function isPair(text: string, low: number): boolean {
  const code = text.charCodeAt(low);
  if (!(code >= 0xdc00 && code <= 0xdfff)) return false;
  const before = text.charCodeAt(low - 1);
  return before >= 0xd800 && before <= 0xdbff;
}
