/** What was found, each type once, in the order of the text. */
import type { Look } from "#/api/types";

export type Spot = Look["spotted"][number];

export function spottedTypes(look: Look): readonly Spot[] {
  const seen = new Map<string, Spot>();
  for (const one of look.spotted) if (!seen.has(one.type)) seen.set(one.type, one);
  return [...seen.values()];
}
