/** The event stream reader gives the same events wherever the network cuts the text. */
import { describe, expect, it } from "vitest";
import { feedSse, type ServerSentEvent, SSE_START } from "./sse";

function read(chunks: readonly string[]): readonly ServerSentEvent[] {
  let machine = SSE_START;
  return chunks.flatMap((chunk) => {
    const [next, events] = feedSse(machine, chunk);
    machine = next;
    return events;
  });
}

const STREAM = [
  "\uFEFF: welcome\n",
  'id: 0\nevent: opened\ndata: {"type":"opened"}\n\n',
  ": \n",
  'id: 5\nevent: delta\ndata: {"type":"delta",\ndata:  "text":"été 𝔸"}\n\n',
  "retry: 10\nunknown\nid\n\n",
  "data\n\n",
  "event: late\ndata:x\n\n",
  "event: never ended\ndata: lost\n",
].join("");

const EXPECTED: readonly ServerSentEvent[] = [
  { event: "opened", data: '{"type":"opened"}', id: "0" },
  { event: "delta", data: '{"type":"delta",\n "text":"été 𝔸"}', id: "5" },
  { event: "message", data: "", id: "" },
  { event: "late", data: "x", id: "" },
];

describe.each([
  ["LF", "\n"],
  ["CRLF", "\r\n"],
  ["CR", "\r"],
])("a stream with %s line ends", (_, lineEnd) => {
  const text = STREAM.replaceAll("\n", lineEnd);

  it("is read whole", () => {
    expect(read([text])).toEqual(EXPECTED);
  });

  it("is read the same, cut in two at every offset", () => {
    for (let cut = 0; cut <= text.length; cut += 1) {
      expect(read([text.slice(0, cut), text.slice(cut)]), `cut at ${cut}`).toEqual(EXPECTED);
    }
  });

  it("is read the same, one character at a time", () => {
    expect(read([...text])).toEqual(EXPECTED);
  });
});

it("ignores an id that holds a null character", () => {
  expect(read(["id: 3\ndata: a\n\nid: 4\0\ndata: b\n\n"]).map(({ id }) => id)).toEqual(["3", "3"]);
});
