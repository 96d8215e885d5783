/** Folders of a base are paths of its documents ("Notes/2026"); none exists without a document in it or under it. */

/** The names directly under a folder ("" is the root), in order, each once. */
export function foldersUnder(all: readonly string[], folder: string, language: string): string[] {
  const prefix = folder === "" ? "" : `${folder}/`;
  const names = all.flatMap((one) => {
    if (one === folder || !one.startsWith(prefix)) return [];
    const [name] = one.slice(prefix.length).split("/");
    return name ? [name] : [];
  });
  return [...new Set(names)].sort(new Intl.Collator(language, { numeric: true }).compare);
}

export function inside(folder: string, name: string): string {
  return [folder, name].filter(Boolean).join("/");
}

export interface Step {
  readonly name: string;
  readonly folder: string;
}

/** The way from the root to a folder, the root left out. */
export function trail(folder: string): Step[] {
  const names = folder === "" ? [] : folder.split("/");
  return names.map((name, index) => ({ name, folder: names.slice(0, index + 1).join("/") }));
}

/** What someone typed as a folder, as the server takes it. */
export function cleanFolder(typed: string): string {
  return typed
    .split("/")
    .map((name) => name.trim())
    .filter(Boolean)
    .join("/");
}

/** What someone typed as tags: separated by commas, each once. */
export function readTags(typed: string): string[] {
  const tags = typed.split(",").map((tag) => tag.trim());
  return [...new Set(tags.filter(Boolean))];
}

/** Whether a source keeps a folder, or one above it: nothing is put there by hand. */
export function isFollowed(folder: string, followed: readonly string[]): boolean {
  return followed.some((one) => folder === one || folder.startsWith(`${one}/`));
}
