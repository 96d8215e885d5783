/**
 * What the address says will be needed is fetched with the words, not after them; what the next press will need, once the
 * screen is there: the first menu opens at once, and a dialog opens even if the server is away by then.
 */
import { preloadAnswers } from "#/features/chat/AnswerText";
import { isOpening, preloadOneTimeForms } from "#/features/identity/OneTimeScreen";
import type { OneTimeLink } from "#/features/identity/oneTimeLink";
import { dialogParts } from "#/ui/Dialog";
import { menuParts } from "#/ui/Menu";
import { tipParts } from "#/ui/Tip";

export function fetchAhead(link: OneTimeLink | null): void {
  if (isOpening(link)) preloadOneTimeForms();
  else if (window.location.pathname.startsWith("/c/")) preloadAnswers();
}

const SOON = 1_000; // milliseconds after the first drawing

/** Called when the signed-in part is there; returns how to give up. */
export function fetchNext(): () => void {
  const timer = setTimeout(() => {
    preloadAnswers();
    for (const part of [menuParts, dialogParts, tipParts]) void part.fetch().catch(() => undefined);
  }, SOON);
  return () => clearTimeout(timer);
}
