/** A message cut at its stand-ins. Places are in code points. */
import type { MessageAsSent } from "#/api/types";

interface Piece {
  readonly start: number;
  readonly text: string;
  /** A stand-in. */
  readonly put: boolean;
}

export function marked({ text, replaced }: MessageAsSent): readonly Piece[] {
  const points = [...text];
  const pieces: Piece[] = [];
  const add = (start: number, end: number, put: boolean) => {
    if (end > start) pieces.push({ start, text: points.slice(start, end).join(""), put });
  };
  let done = 0;
  for (const { start, end } of replaced) {
    add(done, start, false);
    add(start, end, true);
    done = end;
  }
  add(done, points.length, false);
  return pieces;
}
