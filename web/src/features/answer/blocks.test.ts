/** Cutting a text into blocks gives the same blocks wherever the stream is cut, and the same answer as the whole text. */
import { describe, expect, it } from "vitest";
import { BLOCKS_START, type Block, type BlockMachine, feedBlocks, flushBlocks } from "./blocks";
import { inlineReader, readBlocks, toNodes } from "./markdown";
import { readOpenBlock } from "./openBlock";
import { ALL_CONSTRUCTS, CONSTRUCTS } from "./testing/corpus";

function cut(chunks: readonly string[]): { blocks: readonly Block[]; machine: BlockMachine } {
  let machine = BLOCKS_START;
  const blocks: Block[] = [];
  for (const chunk of chunks) {
    const [next, finished] = feedBlocks(machine, chunk);
    machine = next;
    blocks.push(...finished);
  }
  const [end, last] = flushBlocks(machine);
  return { blocks: [...blocks, ...last], machine: end };
}

const sources = (chunks: readonly string[]) => cut(chunks).blocks.map(({ source }) => source);

function nodesOf(chunks: readonly string[]) {
  const { blocks, machine } = cut(chunks);
  const read = inlineReader({ references: machine.references });
  return blocks.flatMap(({ tokens }) => toNodes(tokens, read));
}

describe.each(Object.entries(CONSTRUCTS))("%s", (_, text) => {
  it("reads as the whole text does", () => {
    const reading = {};
    const whole = text.replace(/\r\n?/g, "\n");
    expect(nodesOf([text])).toEqual(toNodes(readBlocks(whole, reading), inlineReader(reading)));
  });

  it("gives the same blocks cut in two at every offset, and character by character", () => {
    const expected = sources([text]);
    for (let at = 0; at <= text.length; at += 1) {
      expect(sources([text.slice(0, at), text.slice(at)]), `cut at ${at}`).toEqual(expected);
    }
    expect(sources([...text])).toEqual(expected);
  });
});

it("loses no text", () => {
  const text = ALL_CONSTRUCTS.replace(/\r\n?/g, "\n");
  const joined = sources([text]).join("");
  expect(joined.replaceAll("\n", "")).toBe(text.replaceAll("\n", ""));
});

it("finishes a block as soon as another one has begun", () => {
  const [machine, blocks] = feedBlocks(BLOCKS_START, "# Titre\n\nUn paragraphe\n\n| a | b |\n");
  expect(blocks.map(({ source }) => source)).toEqual(["# Titre\n\n", "Un paragraphe\n\n"]);
  expect(machine.open).toBe("| a | b |\n");
});

it("does not finish what a line still being written may change", () => {
  const [machine, blocks] = feedBlocks(BLOCKS_START, "- un\n- deux\n\n1");
  expect(blocks).toEqual([]);
  expect(machine.open).toBe("- un\n- deux\n\n1");
});

it("reads the open block at every cut of every construct", () => {
  for (const text of [...Object.values(CONSTRUCTS), ALL_CONSTRUCTS]) {
    for (let at = 0; at <= text.length; at += 1) {
      const [machine] = feedBlocks(BLOCKS_START, text.slice(0, at));
      expect(() => readOpenBlock(machine.open, machine.references, new Map())).not.toThrow();
    }
  }
});
