/** The provider this browser last signed in with: asked again, without a question, before the session ends. */
const KEY = "chatelet:way";

export function lastWay(): string | null {
  try {
    return localStorage.getItem(KEY);
  } catch {
    return null;
  }
}

export function keepWay(code: string): void {
  try {
    localStorage.setItem(KEY, code);
  } catch {
    // Storage refused: the person signs in again at the end of the session.
  }
}

export function forgetWay(): void {
  try {
    localStorage.removeItem(KEY);
  } catch {
    // Nothing was kept.
  }
}
