/** What the address of the desk says: which of its sides, and a file chosen elsewhere. */

export interface DeskSearch {
  readonly view?: "summary";
  readonly file?: string;
}

const ID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Reads an address that anybody may have written. */
export function readDesk({ view, file }: Readonly<Record<string, unknown>>): DeskSearch {
  return {
    ...(view === "summary" && { view: "summary" as const }),
    ...(typeof file === "string" && ID.test(file) && { file }),
  };
}
