/** Reads a submitted form: its named text fields, as typed. */
import type { FormEvent } from "react";

export function submitted<Name extends string>(event: FormEvent<HTMLFormElement>): Record<Name, string> {
  event.preventDefault();
  const fields = new FormData(event.currentTarget);
  return Object.fromEntries([...fields].filter(([, value]) => typeof value === "string")) as Record<Name, string>;
}
