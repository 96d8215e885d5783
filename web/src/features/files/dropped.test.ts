import { describe, expect, test } from "vitest";
import { chosenFiles } from "./dropped";

function fileAt(path: string): File {
  const name = path.split("/").at(-1) ?? "";
  const file = new File(["x"], name);
  Object.defineProperty(file, "webkitRelativePath", { value: path.includes("/") ? path : "" });
  return file;
}

describe("files of a folder", () => {
  test("keep the folder each was in", () => {
    const given = chosenFiles(["Notes/2026/juin.pdf", "Notes/index.md", "seul.txt"].map(fileAt));
    expect(given.map(({ file, folder }) => [folder, file.name])).toEqual([
      ["Notes/2026", "juin.pdf"],
      ["Notes", "index.md"],
      ["", "seul.txt"],
    ]);
  });

  test("what systems leave in folders is not given", () => {
    expect(chosenFiles([fileAt("Notes/.DS_Store"), fileAt("Thumbs.db")])).toEqual([]);
  });
});
