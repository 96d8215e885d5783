/** In which conversations names are replaced before words leave. Lasts as long as the page; the server knows the rest. */
import { useSyncExternalStore } from "react";

const listeners = new Set<() => void>();
const asked = new Map<string, boolean>();

export function isAsked(conversationId: string): boolean {
  return asked.get(conversationId) ?? false;
}

export function setAsked(conversationId: string, wanted: boolean): void {
  asked.set(conversationId, wanted);
  for (const listener of listeners) listener();
}

/** Undefined until something was said of it. */
export function useAsked(conversationId: string): boolean | undefined {
  return useSyncExternalStore(subscribe, () => asked.get(conversationId));
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => void listeners.delete(listener);
}
