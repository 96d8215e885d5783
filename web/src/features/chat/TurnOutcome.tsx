/** How a turn ended when it did not simply answer: what happened, what is kept, the next step. */
import { RotateCw } from "lucide-react";
import { useErrorWords } from "#/features/errors/errorWords";
import { Contest } from "#/features/reports/Contest";
import { ContestButton } from "#/features/reports/ContestButton";
import { useTranslations } from "#/i18n";
import { Button } from "#/ui/Button";
import { Notice } from "#/ui/Notice";
import type { ShownTurn } from "./shownTurns";

interface TurnOutcomeProps {
  readonly turn: ShownTurn;
  readonly locked: boolean;
  readonly onRetry: () => void;
  /** Asks again with the names replaced, where the refusal says that this is possible. */
  readonly onReplace: () => void;
}

export function TurnOutcome({ turn, locked, onRetry, onReplace }: TurnOutcomeProps) {
  const t = useTranslations("chat");
  const words = useErrorWords();
  const retry = (
    <Button small icon={RotateCw} isDisabled={locked} onPress={onRetry}>
      {t("retryShort")}
    </Button>
  );
  switch (turn.state) {
    case "running":
      return null;
    case "answered":
      return turn.answer === "" ? <Notice actions={retry}>{t("states.empty")}</Notice> : null;
    case "stopped":
      return <Notice>{t("states.stopped")}</Notice>;
    case "interrupted":
      return (
        <Notice meaning="caution" actions={retry}>
          {turn.error ? words(turn.error) : t("states.interrupted")}
        </Notice>
      );
    case "refused":
      return (
        <Notice
          meaning="refusal"
          actions={
            <>
              {turn.error?.params["pseudonymise"] !== undefined && (
                <Button small isDisabled={locked} onPress={onReplace}>
                  {t("replaceAndRetry", { model: String(turn.error.params["pseudonymise"]) })}
                </Button>
              )}
              <ContestButton about={turn.error?.code ?? "refused_by_policy"} turnId={turn.id} />
            </>
          }
        >
          <strong>{t("states.refused")}.</strong> {words(turn.error)}
        </Notice>
      );
    case "failed":
      return (
        <Notice
          meaning="refusal"
          actions={
            <>
              {retry}
              {turn.error && <Contest code={turn.error.code} turnId={turn.id} />}
            </>
          }
        >
          {words(turn.error)}
        </Notice>
      );
  }
}
