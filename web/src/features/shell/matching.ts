/** Finds commands by a few letters, whatever the case and the accents. */

export function plain(words: string): string {
  return words.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
}

/** Those whose name holds every word typed. */
export function matching<T extends { readonly name: string }>(commands: readonly T[], typed: string): readonly T[] {
  const words = plain(typed).split(/\s+/).filter(Boolean);
  return commands.filter(({ name }) => words.every((word) => plain(name).includes(word)));
}
