/**
 * Near the end of a session opened at a provider, the page goes there and back without a question, once, while nobody
 * is using it. A provider that would have to ask sends back at once: the session goes on to its end, and the person
 * signs in again then. Drafts and running answers are found again, as after any reload.
 */
import { useEffect } from "react";
import { beginSignIn, useSession } from "#/api/sessions";
import { lastWay } from "./lastWay";

const LOOK_EVERY = 30_000;
const BEFORE_THE_END = 10 * 60_000;
const IDLE = 60_000;
const TRIED = "chatelet:renewal-tried";
const SIGNS_OF_LIFE = ["keydown", "pointerdown", "wheel", "touchstart"] as const;

export function useSilentRenewal(): void {
  const { data: session } = useSession();
  const end = session?.expires_at;
  const language = session?.person.language;
  useEffect(() => {
    if (end === undefined || language === undefined) return;
    let seen = Date.now();
    const alive = () => {
      seen = Date.now();
    };
    const look = () => {
      const code = lastWay();
      const quiet = document.visibilityState === "hidden" || Date.now() - seen >= IDLE;
      if (code === null || !quiet || !isDue(end) || isBusy()) return;
      sessionStorage.setItem(TRIED, end);
      const start = { code, return_to: window.location.pathname, silent: true, language };
      // The provider is away, or closed: the session goes on to its end.
      void beginSignIn(start).then(
        (address) => window.location.assign(address),
        () => undefined,
      );
    };
    for (const sign of SIGNS_OF_LIFE) window.addEventListener(sign, alive, { passive: true });
    const timer = setInterval(look, LOOK_EVERY);
    return () => {
      clearInterval(timer);
      for (const sign of SIGNS_OF_LIFE) window.removeEventListener(sign, alive);
    };
  }, [end, language]);
}

/** Near its end, not over, and not yet tried for this very session. */
function isDue(end: string): boolean {
  const left = new Date(end).getTime() - Date.now();
  return left > 0 && left < BEFORE_THE_END && sessionStorage.getItem(TRIED) !== end;
}

/** Something is being filled in, answered or said. */
function isBusy(): boolean {
  if (document.querySelector("[role=dialog], [role=alertdialog], [aria-busy=true]")) return true;
  return [...document.querySelectorAll("textarea")].some(({ value }) => value.trim() !== "");
}
