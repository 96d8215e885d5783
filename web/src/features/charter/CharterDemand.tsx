/** In the place of the question's field, until the charter is accepted; the text already written stays. */
import { lazy, Suspense, useState } from "react";
import { useCharter } from "#/api/charter";
import { useTranslations } from "#/i18n";
import { Button } from "#/ui/Button";
import { Notice } from "#/ui/Notice";

const CharterDialog = lazy(() => import("./CharterDialog"));

/** The server refuses questions in any case: while this is not known, nothing is hidden. */
export function useCharterDemanded(): boolean {
  return useCharter().data?.state === "to_accept";
}

export function CharterDemand() {
  const t = useTranslations("charter");
  const [reading, setReading] = useState(false);
  return (
    <>
      <Notice
        actions={
          <Button look="primary" onPress={() => setReading(true)}>
            {t("read")}
          </Button>
        }
      >
        {t("demand")}
      </Notice>
      <Suspense>{reading && <CharterDialog onClose={() => setReading(false)} />}</Suspense>
    </>
  );
}
