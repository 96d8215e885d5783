/** At the top of every screen, until seen: a reading of one's conversations was approved. */
import { useAcknowledgeReadings, useOwnReadings } from "#/api/readings";
import { useTranslations } from "#/i18n";
import { Button } from "#/ui/Button";
import { LinkButton } from "#/ui/LinkButton";
import { Notice } from "#/ui/Notice";

export function ReadingNotice() {
  const t = useTranslations("doors");
  const { data } = useOwnReadings();
  const acknowledge = useAcknowledgeReadings();
  const count = data?.filter((one) => one.is_new).length ?? 0;
  if (count === 0) return null;
  return (
    <section aria-label={t("readings")}>
      <Notice
        meaning="caution"
        actions={
          <>
            <LinkButton href="/settings">{t("readingsSee")}</LinkButton>
            <Button small busy={acknowledge.isPending} onPress={() => acknowledge.mutate()}>
              {t("readingsSeen")}
            </Button>
          </>
        }
      >
        {t("readingsNotice", { count })}
      </Notice>
    </section>
  );
}
