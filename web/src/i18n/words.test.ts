import compile from "icu-minify/compile";
import { describe, expect, test } from "vitest";
import en from "./en";
import fr from "./fr";

interface Words {
  readonly [key: string]: string | Words;
}

function flatten(words: Words, path = ""): [string, string][] {
  return Object.entries(words).flatMap(([key, value]) =>
    typeof value === "string" ? [[`${path}${key}`, value] as [string, string]] : flatten(value, `${path}${key}.`),
  );
}

const french = new Map(flatten(fr));
const english = new Map(flatten(en));

/** The names of the arguments of a message, whatever their order; the texts that a choice gives are none. */
function argumentsOf(message: string): string[] {
  const names = new Set<string>();
  const inside: ("choice" | "other")[] = [];
  for (const { 0: mark, index } of message.matchAll(/[{}]/g)) {
    if (mark === "}") {
      inside.pop();
      continue;
    }
    const argument = /^\{(\w+)(?:, (plural|select|selectordinal),)?/.exec(message.slice(index));
    if (inside.at(-1) === "choice") inside.push("other");
    else {
      if (argument?.[1]) names.add(argument[1]);
      inside.push(argument?.[2] ? "choice" : "other");
    }
  }
  return [...names].sort();
}

describe("words", () => {
  test("both languages have the same keys", () => {
    expect([...english.keys()].sort()).toEqual([...french.keys()].sort());
  });

  test.each([...french])("%s: same arguments, and a message that compiles", (key, message) => {
    const other = english.get(key) ?? "";
    expect(message.trim()).not.toBe("");
    expect(other.trim()).not.toBe("");
    expect(argumentsOf(other)).toEqual(argumentsOf(message));
    expect(() => [compile(message), compile(other)]).not.toThrow();
  });
});

describe("French typography", () => {
  test.each([...french])("%s", (_, message) => {
    // What is between the words, without the marks of the message format itself.
    const shown = message.replace(/https?:\/\/\S+/g, "").replace(/\{\w+, (?:plural|select|number)[^{]*/g, "");
    expect(shown, "a narrow no-break space before ; : ! ? »").not.toMatch(/(?<![\u202f])(?:[;:!?](?=[\s}]|$)|»)/u);
    expect(shown, "a narrow no-break space after «").not.toMatch(/«[^\u202f]/u);
    expect(shown, "typographic apostrophes and ellipses").not.toMatch(/'|\.\.\./);
  });

  test("the assistant does not exclaim", () => {
    expect([...french.values()].filter((message) => message.includes("!"))).toEqual([]);
  });
});
