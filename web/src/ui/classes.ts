/** Reads a CSS module by name, joins what applies, and refuses a name that the sheet does not have. */

type Sheet = Readonly<Record<string, string>>;
type Name = string | false | null | undefined;

export function classes(sheet: Sheet): (...names: readonly Name[]) => string {
  return (...names) => names.flatMap((name) => (name ? [resolve(sheet, name)] : [])).join(" ");
}

function resolve(sheet: Sheet, name: string): string {
  const found = sheet[name];
  if (found === undefined && import.meta.env.DEV) throw new Error(`No class "${name}" in this CSS module`);
  return found ?? "";
}
