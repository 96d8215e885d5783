/** What an incident may be about; a contest is about the code of a refusal. */
export const SORTS = ["leak", "harmful", "injection", "other"] as const;

export function isSort(about: string): about is (typeof SORTS)[number] {
  return (SORTS as readonly string[]).includes(about);
}
