/** Why the question cannot leave, in words: the rules, or a search whose words are not there yet to be read. */
import type { Level } from "#/api/types";
import type { WebAsk } from "#/features/web/useWebAsk";
import { useTranslations } from "#/i18n";
import type { Obstacle } from "./Obstacles";

export function useReason(obstacle: Obstacle | null, web: WebAsk, level: Level): string | null {
  const t = useTranslations("web.lacks");
  const lack = web.lackAt(level);
  return obstacle?.words ?? (lack && t(lack));
}

/** Tells whether there is nothing to send, or something that keeps it here. */
export function isStuck(text: string, reason: string | null): boolean {
  return text.trim() === "" || reason !== null;
}
