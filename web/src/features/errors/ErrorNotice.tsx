/** An error in its place: the sentence, the next step, and the reference to give to an administrator. */
import { RotateCw } from "lucide-react";
import { ApiError } from "#/api/http";
import { Contest } from "#/features/reports/Contest";
import { isSafeguard } from "#/features/reports/safeguards";
import { useTranslations } from "#/i18n";
import { Button } from "#/ui/Button";
import { Notice } from "#/ui/Notice";
import { asCoded, useErrorWords } from "./errorWords";

export function ErrorNotice({ error, onRetry }: { readonly error: unknown; readonly onRetry?: () => void }) {
  const words = useErrorWords();
  const t = useTranslations();
  const { code } = asCoded(error);
  const reference = error instanceof ApiError && error.status >= 500 ? error.requestId : null;
  return (
    <Notice
      meaning="refusal"
      alert
      actions={
        (onRetry !== undefined || isSafeguard(code)) && (
          <>
            {onRetry && (
              <Button small icon={RotateCw} onPress={onRetry}>
                {t("shell.tryAgain")}
              </Button>
            )}
            <Contest code={code} />
          </>
        )
      }
    >
      <p>{words(error)}</p>
      {reference !== null && <p>{t("errors.reference", { id: reference })}</p>}
    </Notice>
  );
}
