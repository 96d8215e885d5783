/**
 * Tells in passing an error that has no place of its own on the screen: a choice refused, a menu's action that failed.
 * The decision of a safeguard stays longer, and can be contested there.
 */
import { useContesting } from "#/features/reports/Contesting";
import { isSafeguard } from "#/features/reports/safeguards";
import { useTranslations } from "#/i18n";
import { useLive } from "#/ui/Live";
import { asCoded, useErrorWords } from "./errorWords";

const SECONDS_TO_CONTEST = 20;

export function useErrorToast(): (error: unknown) => void {
  const words = useErrorWords();
  const { toast } = useLive();
  const t = useTranslations("doors");
  const contest = useContesting();
  return (error) => {
    const { code } = asCoded(error);
    if (contest === null || !isSafeguard(code)) return toast({ words: words(error) });
    toast({
      words: words(error),
      action: { name: t("contest"), run: () => contest(code) },
      lasts: SECONDS_TO_CONTEST,
    });
  };
}
