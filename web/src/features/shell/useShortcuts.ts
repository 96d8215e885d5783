/** The keys that work everywhere: palette, composer, help. */
import { useEffect, useRef } from "react";
import { COMPOSER_ID } from "#/features/chat/Composer";
import { readPreferences } from "#/features/preferences/preferences";
import type { Overlay } from "./shellContext";

export function useShortcuts(open: (overlay: Overlay) => void): void {
  const latest = useRef(open);
  latest.current = open;
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.isComposing) return;
      const act = actionOf(event, latest.current);
      if (!act) return;
      event.preventDefault();
      act();
    };
    window.addEventListener("keydown", onKey);
    return () => window.removeEventListener("keydown", onKey);
  }, []);
}

function actionOf(event: KeyboardEvent, open: (overlay: Overlay) => void): (() => void) | null {
  const { key, target } = event;
  if ((event.ctrlKey || event.metaKey) && !event.altKey && key.toLowerCase() === "k") return () => open("palette");
  if (event.ctrlKey || event.metaKey || event.altKey) return null;
  if (!readPreferences().singleKeys || isWriting(target) || document.querySelector("[role=dialog], [role=menu]")) {
    return null;
  }
  if (key === "?") return () => open("help");
  const composer = document.getElementById(COMPOSER_ID);
  return key === "/" && composer ? () => composer.focus() : null;
}

function isWriting(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.isContentEditable || target.matches("input, textarea, select"));
}
