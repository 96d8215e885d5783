import { describe, expect, test } from "vitest";
import { towards, workOf } from "./verbs";

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

  test("a summary reads the paragraphs as one", () => {
    expect(workOf("summarise", { text, conversationId: null }, "en")).toEqual({
      kind: "rewrite",
      text: "Le comité a donné son avis. Il est favorable.",
      style: "shorten",
    });
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
