/** Headings are told in an order without gaps, whatever a model wrote. */
import { expect, it } from "vitest";
import { type Above, tellLevels } from "./headings";

function told(...tags: readonly string[]): readonly string[] {
  const headings = tags.map((tag) => document.createElement(tag));
  headings.reduce<Above>(tellLevels, []);
  return headings.map((heading) => heading.getAttribute("aria-level") ?? heading.tagName.slice(1));
}

it.each([
  ["an answer that begins deep begins just under its own heading", "h5 h5 h6", "3 3 4"],
  ["a level is never skipped, and coming back up is as written", "h3 h6 h4 h5 h3", "3 4 4 5 3"],
  ["a well-made order is left as it is", "h3 h4 h4 h3", "3 4 4 3"],
])("%s", (_, written, expected) => {
  expect(told(...written.split(" "))).toEqual(expected.split(" "));
});

it("headings inside a block count too", () => {
  const quote = document.createElement("blockquote");
  const inside = quote.appendChild(document.createElement("h6"));
  tellLevels([3], quote);
  expect(inside.getAttribute("aria-level")).toBe("4");
});
