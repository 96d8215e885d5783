import { describe, expect, test } from "vitest";
import { chosenFiles, droppedFiles } from "./dropped";

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
    expect(chosenFiles([".DS_Store", "Thumbs.db", "Notes/._juin.pdf", "Notes/.git/config"].map(fileAt))).toEqual([]);
  });

  test("dropped, they are walked whole, a hundred at a time, in the order of their names", async () => {
    const many = Array.from({ length: 150 }, (_, number) => entryAt(`/Notes/${number}.txt`));
    const folder = entryAt("/Notes", [...many.slice(0, 100)], many.slice(100), [entryAt("/Notes/.git", [])]);
    const items = [folder, entryAt("/seul.txt")].map((entry) => ({ kind: "file", webkitGetAsEntry: () => entry }));
    const given = await droppedFiles({ items, files: [] } as unknown as DataTransfer);
    expect(given).toHaveLength(151);
    expect(given.slice(0, 3).map(({ file, folder }) => [folder, file.name])).toEqual([
      ["Notes", "0.txt"],
      ["Notes", "1.txt"],
      ["Notes", "2.txt"],
    ]);
    expect(given.at(-1)).toMatchObject({ folder: "" });
  });
});

/** An entry of a drop: a file, or a folder that gives some of its entries at a time. */
function entryAt(fullPath: string, ...inside: (readonly unknown[])[]) {
  const name = fullPath.split("/").at(-1) ?? "";
  const isDirectory = inside.length > 0;
  const file = (take: (file: File) => void) => take(new File(["x"], name));
  const createReader = () => {
    const left = [...inside, []];
    return { readEntries: (take: (some: readonly unknown[]) => void) => take(left.shift() ?? []) };
  };
  return { name, fullPath, isDirectory, isFile: !isDirectory, file, createReader };
}
