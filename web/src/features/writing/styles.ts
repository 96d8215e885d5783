/** How a text may be rewritten, the most wanted first. */
import type { Style } from "#/api/types";

export const STYLES: readonly Style[] = [
  "plain",
  "correct",
  "clarify",
  "shorten",
  "administrative",
  "scientific-english",
  "falc",
];
