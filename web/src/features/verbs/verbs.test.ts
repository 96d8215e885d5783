import { describe, expect, test } from "vitest";
import { firstOf, summaryOf, towards, withoutMarks, workOf } from "./verbs";

const text = "Le comité a donné son avis.\n\nIl est favorable.";

describe("what a verb asks of the desk", () => {
  test("a translation, with the conversation whose label it bears", () => {
    expect(workOf("translate", { text, conversationId: "c1" }, "de")).toEqual({
      kind: "translate",
      text,
      to: "de",
      conversation_id: "c1",
    });
  });

  test("a summary is one: its form follows the length of the passage", () => {
    expect(summaryOf({ text, conversationId: "c1" }, "three-lines")).toMatchObject({
      text,
      form: "three-lines",
      conversation_id: "c1",
    });
    expect(firstOf("summarise", text)).toBe("three-lines");
    expect(firstOf("summarise", text.repeat(40))).toBe("key-points");
    expect(withoutMarks("- Il est favorable\u00a0[1] [12].\n")).toBe("- Il est favorable.");
  });

  test.each([
    ["rephrase", "clarify"],
    ["simplify", "plain"],
    ["correct", "correct"],
  ] as const)("%s is the style %s", (verb, style) => {
    expect(workOf(verb, { text, conversationId: null }, "en")).toEqual({ kind: "rewrite", text, style });
  });

  test("a passage is wanted in the other language", () => {
    expect(towards(text)).toBe("en");
    expect(towards("The committee has given its opinion on the request.")).toBe("fr");
  });
});
