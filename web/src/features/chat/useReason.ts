/** Why the question cannot leave, in words: the rules, or a search whose words are not there yet to be read. */
import type { Level } from "#/api/types";
import { useTranslations } from "#/i18n";
import type { Obstacle } from "./Obstacles";
import type { Searches } from "./useSearches";

export function useReason(obstacle: Obstacle | null, { web, works }: Searches, level: Level): string | null {
  const ofWeb = useTranslations("web.lacks");
  const ofWorks = useTranslations("publications.lacks");
  const lack = web.lackAt(level);
  const other = works.lackAt(level);
  return obstacle?.words ?? (lack && ofWeb(lack)) ?? (other && ofWorks(other));
}

/** Tells whether there is nothing to send, or something that keeps it here. */
export function isStuck(text: string, reason: string | null): boolean {
  return text.trim() === "" || reason !== null;
}
