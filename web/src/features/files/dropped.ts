/** The files of a drop or of a button, with the folder each was in; folders are walked whole. */
import type { Given } from "./useUploads";

/** What nobody means to give: left by systems in every folder. */
const LITTER = new Set([".DS_Store", "Thumbs.db", "desktop.ini"]);

/** From an input: those of a folder say their path. */
export function chosenFiles(list: Iterable<File>): Given[] {
  return [...list].filter(isWanted).map((file) => ({ file, folder: folderOf(file.webkitRelativePath) }));
}

/** From a drop. Must be called while the event is handled: entries are gone afterwards. */
export function droppedFiles(transfer: DataTransfer): Promise<Given[]> {
  const entries = [...transfer.items].flatMap((item) => (item.kind === "file" ? [item.webkitGetAsEntry()] : []));
  const known = entries.filter((entry) => entry !== null);
  if (known.length === 0) return Promise.resolve(chosenFiles(transfer.files));
  return walk(known);
}

async function walk(entries: readonly FileSystemEntry[]): Promise<Given[]> {
  const found: Given[] = [];
  for (const entry of entries) {
    if (isFolder(entry)) found.push(...(await walk(await entriesOf(entry))));
    else if (isFile(entry)) {
      const file = await new Promise<File>((resolve, reject) => entry.file(resolve, reject));
      if (isWanted(file)) found.push({ file, folder: folderOf(entry.fullPath.slice(1)) });
    }
  }
  return found;
}

/** A reader gives some entries at a time, then none. */
async function entriesOf(folder: FileSystemDirectoryEntry): Promise<FileSystemEntry[]> {
  const reader = folder.createReader();
  const all: FileSystemEntry[] = [];
  for (;;) {
    const some = await new Promise<FileSystemEntry[]>((resolve, reject) => reader.readEntries(resolve, reject));
    if (some.length === 0) return all;
    all.push(...some);
  }
}

function isFolder(entry: FileSystemEntry): entry is FileSystemDirectoryEntry {
  return entry.isDirectory;
}

function isFile(entry: FileSystemEntry): entry is FileSystemFileEntry {
  return entry.isFile;
}

function isWanted(file: File): boolean {
  return !LITTER.has(file.name);
}

/** "Notes/2026/juin.pdf" is in "Notes/2026". */
function folderOf(path: string): string {
  return path.split("/").slice(0, -1).join("/");
}
