/** In the place of the question's field, until the charter is accepted; the text already written stays. */
import { useState } from "react";
import { useCharter } from "#/api/charter";
import { useTranslations } from "#/i18n";
import { Button } from "#/ui/Button";
import { Notice } from "#/ui/Notice";
import { CharterDialog } from "./lateDialog";

/** The server refuses questions in any case: while this is not known, nothing is hidden. */
export function useCharterDemanded(): boolean {
  return useCharter().data?.state === "to_accept";
}

export function CharterDemand() {
  const t = useTranslations("doors");
  const [reading, setReading] = useState(false);
  return (
    <>
      <Notice
        actions={
          <Button look="primary" onPress={() => setReading(true)}>
            {t("readCharter")}
          </Button>
        }
      >
        {t("charterFirst")}
      </Notice>
      {reading && <CharterDialog onClose={() => setReading(false)} />}
    </>
  );
}
