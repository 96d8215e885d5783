/** How a text may be rewritten, the most wanted first. */
import type { Inclusive, Style } from "#/api/types";

export const STYLES: readonly Style[] = [
  "plain",
  "correct",
  "clarify",
  "shorten",
  "administrative",
  "scientific-english",
  "falc",
];

export const INCLUSIVE_RULES: readonly Inclusive[] = ["none", "generic", "epicene", "doublets", "median-point"];
