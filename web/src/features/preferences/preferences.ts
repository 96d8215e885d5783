/** What a person likes on this device (theme, reading face, keys): in localStorage, applied to the page's root. */
import { useSyncExternalStore } from "react";
import { LANGUAGES, type Locale } from "#/i18n";

export const THEMES = ["system", "light", "dark", "contrast"] as const;
export type Theme = (typeof THEMES)[number];
export const FACES = ["sans", "serif"] as const;
export type Face = (typeof FACES)[number];

export interface Preferences {
  readonly theme: Theme;
  /** The face of answers. */
  readonly face: Face;
  /** False: Enter makes a new line, Ctrl+Enter sends. */
  readonly enterSends: boolean;
  /** The shortcuts made of one key, which a dictation program may type by accident (WCAG 2.1.4). */
  readonly singleKeys: boolean;
  /** Before anybody is signed in; afterwards the person's own language. */
  readonly language: Locale;
  /** What a camera wrote beside an image (place, date, device) stays in the files that are sent. */
  readonly keepMetadata: boolean;
  /** The model last chosen; the server decides whether it may be used. */
  readonly model: string | null;
}

const KEY = "chatelet:preferences";
const listeners = new Set<() => void>();
let current = read();

export function usePreferences(): Preferences {
  return useSyncExternalStore(subscribe, () => current);
}

export function readPreferences(): Preferences {
  return current;
}

export function setPreferences(change: Partial<Preferences>): void {
  current = { ...current, ...change };
  write();
  applyPreferences();
  for (const listener of listeners) listener();
}

/** Writes them again: signing out empties the browser's storage. */
export function write(): void {
  try {
    localStorage.setItem(KEY, JSON.stringify(current));
  } catch {
    // Storage refused (private mode, full): the choice lasts as long as the page.
  }
}

export function applyPreferences(): void {
  const root = document.documentElement;
  const { theme, face } = current;
  const strong = theme === "contrast" || (theme === "system" && matchMedia("(prefers-contrast: more)").matches);
  mark(root, "theme", theme === "light" || theme === "dark" ? theme : null);
  mark(root, "contrast", strong ? "more" : null);
  mark(root, "reading", face === "serif" ? "serif" : null);
}

function mark(root: HTMLElement, name: string, value: string | null): void {
  if (value === null) root.removeAttribute(`data-${name}`);
  else root.setAttribute(`data-${name}`, value);
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  window.addEventListener("storage", onStorage);
  return () => {
    listeners.delete(listener);
    if (listeners.size === 0) window.removeEventListener("storage", onStorage);
  };
}

/** Another tab changed them. */
function onStorage(event: StorageEvent): void {
  if (event.key !== KEY) return;
  current = read();
  applyPreferences();
  for (const listener of listeners) listener();
}

function read(): Preferences {
  const stored = readStored();
  return {
    theme: pick(THEMES, stored["theme"], "system"),
    face: pick(FACES, stored["face"], "sans"),
    enterSends: stored["enterSends"] !== false,
    singleKeys: stored["singleKeys"] !== false,
    keepMetadata: stored["keepMetadata"] === true,
    language: pick(LANGUAGES, stored["language"], browserLanguage()),
    model: typeof stored["model"] === "string" ? stored["model"] : null,
  };
}

function readStored(): Record<string, unknown> {
  try {
    const parsed: unknown = JSON.parse(localStorage.getItem(KEY) ?? "{}");
    return typeof parsed === "object" && parsed !== null ? (parsed as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}

function pick<T extends string>(allowed: readonly T[], value: unknown, otherwise: T): T {
  return allowed.find((one) => one === value) ?? otherwise;
}

/** French, unless the browser asks for English before French. */
function browserLanguage(): Locale {
  const asked = navigator.languages.map((tag) => tag.slice(0, 2));
  return pick(
    LANGUAGES,
    asked.find((tag) => tag === "fr" || tag === "en"),
    "fr",
  );
}
