/**
 * A model may begin with "###" or skip a level. What is seen stays as written; what a screen reader is told follows on from
 * the answer's own heading, each level one deeper than what it stands under.
 */

/** The level under the heading that names the answer. */
const FIRST = 3;

/** Levels as written that the next heading stands under. */
export type Above = readonly number[];

/** Tells the levels of the headings in a block, given those before it; returns what the next ones stand under. */
export function tellLevels(above: Above, block: ChildNode): Above {
  if (!(block instanceof Element)) return above;
  const inside = [...block.querySelectorAll<HTMLHeadingElement>("h3, h4, h5, h6")];
  return (block instanceof HTMLHeadingElement ? [block, ...inside] : inside).reduce(tellLevel, above);
}

function tellLevel(above: Above, heading: HTMLHeadingElement): Above {
  const written = Number(heading.tagName.slice(1));
  const under = above.filter((level) => level < written);
  const told = FIRST + under.length;
  if (told === written) heading.removeAttribute("aria-level");
  else if (heading.getAttribute("aria-level") !== `${told}`) heading.setAttribute("aria-level", `${told}`);
  return [...under, written];
}
