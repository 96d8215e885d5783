/**
 * A model may begin with "###" or skip a level. What is seen stays as written; what a screen reader is told follows on
 * from the answer's own heading, each level one deeper than what it
 * stands under.
 */

/** The level under the heading that names the answer. */
const FIRST = 3;

export function orderHeadings(answer: Element): void {
  const above: number[] = [];
  for (const heading of answer.querySelectorAll("h1, h2, h3, h4, h5, h6")) {
    const written = Number(heading.tagName.slice(1));
    while ((above.at(-1) ?? 0) >= written) above.pop();
    const told = FIRST + above.length;
    above.push(written);
    if (told === written) heading.removeAttribute("aria-level");
    else if (heading.getAttribute("aria-level") !== `${told}`) heading.setAttribute("aria-level", `${told}`);
  }
}
