/** Reads CSS modules by name, joins what applies, and refuses a name that none has; the last one given wins. */

type Sheet = Readonly<Record<string, string>>;
type Name = string | false | null | undefined;

export function classes(...sheets: readonly Sheet[]): (...names: readonly Name[]) => string {
  return (...names) => names.flatMap((name) => (name ? [resolve(sheets, name)] : [])).join(" ");
}

function resolve(sheets: readonly Sheet[], name: string): string {
  const found = sheets.findLast((sheet) => sheet[name] !== undefined)?.[name];
  if (found === undefined && import.meta.env.DEV) throw new Error(`No class "${name}" in this CSS module`);
  return found ?? "";
}
