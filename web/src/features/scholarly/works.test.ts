import { expect, test } from "vitest";
import { addressOf, identifiersOf } from "./works";

test("each identifier leads to its own place, encoded", () => {
  expect(addressOf({ scheme: "doi", value: "10.5555/a<b>(c)?d#e" })).toBe(
    "https://doi.org/10.5555/a%3Cb%3E(c)%3Fd%23e",
  );
  expect(addressOf({ scheme: "arxiv", value: "math.GT/0309990" })).toBe("https://arxiv.org/abs/math.GT/0309990");
  expect(addressOf({ scheme: "hal", value: "hal-99000001" })).toBe("https://hal.science/hal-99000001");
});

test("identifiers are told in the order of readers, numbers of records left out", () => {
  const identifiers = { arxiv: "2301.00001", openalex: "W1", doi: "10.5555/a", s2: "x" };
  expect(identifiersOf({ identifiers }).map(({ scheme }) => scheme)).toEqual(["doi", "arxiv"]);
});
