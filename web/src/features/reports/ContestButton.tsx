/** Beside each decision of a safeguard: contest it. */
import { useState } from "react";
import { useTranslations } from "#/i18n";
import { Button } from "#/ui/Button";
import { ReportDialog } from "./lateReportDialog";

interface ContestButtonProps {
  readonly about: string;
  readonly turnId: string | null;
}

export function ContestButton({ about, turnId }: ContestButtonProps) {
  const t = useTranslations("doors");
  const [writing, setWriting] = useState(false);
  return (
    <>
      <Button small onPress={() => setWriting(true)}>
        {t("contest")}
      </Button>
      {writing && <ReportDialog kind="contest" about={about} turnId={turnId} onClose={() => setWriting(false)} />}
    </>
  );
}
