/** The files of a drop or of a button, with the folder each was in; folders are walked whole, in the order of their names. */

export interface Dropped {
  readonly file: File;
  /** Where it was, from what was given: "Notes/2026"; empty for a file given by itself. */
  readonly folder: string;
}

/** What nobody means to give: left by systems in every folder. */
const LITTER = new Set(["Thumbs.db", "desktop.ini"]);

export function holdsFiles(transfer: DataTransfer | null): boolean {
  return transfer?.types.includes("Files") ?? false;
}

/** From an input: those of a folder say their path. */
export function chosenFiles(list: Iterable<File>): Dropped[] {
  return [...list]
    .map((file) => ({ file, folder: folderOf(file.webkitRelativePath) }))
    .filter(({ file, folder }) => ![...folder.split("/"), file.name].some(isHidden));
}

/** From a drop. Must be called while the event is handled: entries are gone afterwards. */
export async function droppedFiles(transfer: DataTransfer): Promise<readonly Dropped[]> {
  const entries = [...transfer.items].map((item) => (item.kind === "file" ? item.webkitGetAsEntry() : null));
  const known = entries.filter((entry) => entry !== null);
  return known.length === 0 ? chosenFiles(transfer.files) : await walk(known);
}

async function walk(entries: readonly FileSystemEntry[]): Promise<readonly Dropped[]> {
  const found: Dropped[] = [];
  for (const entry of entries.filter(({ name }) => !isHidden(name))) {
    if (isFolder(entry)) found.push(...(await walk(await entriesOf(entry))));
    else if (isFile(entry)) {
      const file = await new Promise<File>((resolve, reject) => entry.file(resolve, reject));
      found.push({ file, folder: folderOf(entry.fullPath.slice(1)) });
    }
  }
  return found;
}

/** A reader gives a hundred entries at a time, then none. */
async function entriesOf(folder: FileSystemDirectoryEntry): Promise<readonly FileSystemEntry[]> {
  const reader = folder.createReader();
  const all: FileSystemEntry[] = [];
  for (;;) {
    const some = await new Promise<FileSystemEntry[]>((resolve, reject) => reader.readEntries(resolve, reject));
    if (some.length === 0) return all.sort((a, b) => a.name.localeCompare(b.name, undefined, { numeric: true }));
    all.push(...some);
  }
}

function isFolder(entry: FileSystemEntry): entry is FileSystemDirectoryEntry {
  return entry.isDirectory;
}

function isFile(entry: FileSystemEntry): entry is FileSystemFileEntry {
  return entry.isFile;
}

function isHidden(name: string): boolean {
  return name.startsWith(".") || LITTER.has(name);
}

/** "Notes/2026/juin.pdf" is in "Notes/2026". */
function folderOf(path: string): string {
  return path.split("/").slice(0, -1).join("/");
}
