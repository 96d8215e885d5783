/** On which day the path was followed to its end, by person, on this device alone: the server counts and knows nobody. */
const KEY = "chatelet:literacy:";

export function finishedOn(personId: string): string | null {
  try {
    return localStorage.getItem(KEY + personId);
  } catch {
    return null;
  }
}

export function finish(personId: string, day: string): void {
  try {
    localStorage.setItem(KEY + personId, day);
  } catch {
    // A browser that keeps nothing counts again: the guide says so.
  }
}
