import { expect, it } from "vitest";
import { textOf } from "./fileText";

it.each([
  ["UTF-8", new TextEncoder().encode("Équité")],
  ["UTF-8 with its mark", new TextEncoder().encode("\ufeffÉquité")],
  ["Windows-1252", Uint8Array.from([0xc9, 0x71, 0x75, 0x69, 0x74, 0xe9])],
  ["UTF-16", Uint8Array.from([0xff, 0xfe, 0xc9, 0, 0x71, 0, 0x75, 0, 0x69, 0, 0x74, 0, 0xe9, 0])],
])("reads a text written in %s", async (_, bytes) => {
  expect(await textOf(new Blob([bytes]))).toBe("Équité");
});
