import { expect, test } from "vitest";
import { orderHeadings } from "./headingOrder";

function told(...tags: readonly string[]): string[] {
  const answer = document.createElement("div");
  for (const tag of tags) answer.append(document.createElement(tag));
  orderHeadings(answer);
  return [...answer.children].map((heading) => heading.getAttribute("aria-level") ?? heading.tagName.slice(1));
}

test("an answer that begins deep begins just under its own heading", () => {
  expect(told("h5", "h5", "h6")).toEqual(["3", "3", "4"]);
});

test("a level is never skipped, and coming back up is as written", () => {
  expect(told("h3", "h6", "h4", "h5", "h3")).toEqual(["3", "4", "4", "5", "3"]);
});

test("a well-made order is left as it is", () => {
  expect(told("h3", "h4", "h4", "h3")).toEqual(["3", "4", "4", "3"]);
});
