import { expect, test } from "vitest";
import { compareLines } from "./diff";
import { withoutTitle } from "./title";

const told = (before: string, after: string) =>
  compareLines(before, after).map(({ kind, text }) => `${{ same: " ", added: "+", removed: "-" }[kind]}${text}`);

test("what stays, what goes, what comes, in the order of the text", () => {
  expect(told("a\nb\nc", "a\nx\nc\nd")).toEqual([" a", "-b", "+x", " c", "+d"]);
  expect(told("", "a\nb")).toEqual(["+a", "+b"]);
  expect(told("a", "")).toEqual(["-a"]);
  expect(told("a\n\nb", "a\n\nb")).toEqual([" a", " ", " b"]);
});

test("each side can be read again from the comparison", () => {
  const before = "un\ndeux\ntrois\nquatre\ndeux";
  const after = "deux\nun\ntrois\ndeux\ncinq";
  const lines = compareLines(before, after);
  const side = (gone: string) => lines.filter(({ kind }) => kind !== gone).map(({ text }) => text);
  expect(side("added").join("\n")).toBe(before);
  expect(side("removed").join("\n")).toBe(after);
});

test("very long texts are told whole", () => {
  const long = "ligne\n".repeat(2_000);
  expect(compareLines(long, "autre").at(-1)).toEqual({ kind: "added", text: "autre" });
});

test("the title is told apart", () => {
  expect(withoutTitle("# Charte **d’usage**\n\nTexte")).toEqual({ title: "Charte d’usage", body: "\nTexte" });
  expect(withoutTitle("## Partie\n\nTexte")).toEqual({ title: null, body: "## Partie\n\nTexte" });
  expect(withoutTitle("# Seul")).toEqual({ title: "Seul", body: "" });
});
