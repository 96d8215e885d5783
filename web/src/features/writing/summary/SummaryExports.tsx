/** A summary taken away: as a document, or its words copied. Nothing while it is made. */
import { Copy, Download } from "lucide-react";
import { SUMMARY_EXPORTS, summaryAddress, useSummary } from "#/api/summaries";
import type { Work } from "#/api/types";
import { useTranslations } from "#/i18n";
import { Button } from "#/ui/Button";
import { LinkButton } from "#/ui/LinkButton";
import { useLive } from "#/ui/Live";

export function SummaryExports({ work }: { readonly work: Work }) {
  const t = useTranslations("summaries");
  const { toast } = useLive();
  const { data } = useSummary(work);
  if (!data || data.is_partial) return null;
  const { text } = data;
  return (
    <>
      {SUMMARY_EXPORTS.map((form) => (
        <LinkButton key={form} href={summaryAddress(work.id, form)} icon={Download} download>
          {t(`exports.${form}`)}
        </LinkButton>
      ))}
      {text !== "" && (
        <Button
          icon={Copy}
          onPress={() => void navigator.clipboard.writeText(text).then(() => toast({ words: t("copied") }))}
        >
          {t("copy")}
        </Button>
      )}
    </>
  );
}
