/** Chosen works kept in a base: a document each, and their full text where that is allowed. */
import { LibraryBig } from "lucide-react";
import { useState } from "react";
import { useKeepPapers } from "#/api/papers";
import type { ScholarlyWork } from "#/api/types";
import { ErrorNotice } from "#/features/errors/ErrorNotice";
import { useTranslations } from "#/i18n";
import { Button } from "#/ui/Button";
import { Dialog, DialogButtons } from "#/ui/Dialog";
import { AddedWords } from "./AddedWords";
import { BasePicker } from "./BasePicker";

export function KeepWorks({ chosen }: { readonly chosen: readonly ScholarlyWork[] }) {
  const t = useTranslations("papers");
  const shell = useTranslations("shell");
  const [isOpen, setOpen] = useState(false);
  const [base, setBase] = useState<string | null>(null);
  const { mutate, data, error, isPending, reset } = useKeepPapers();
  const close = () => {
    setOpen(false);
    reset();
  };
  return (
    <>
      <Button small icon={LibraryBig} onPress={() => setOpen(true)}>
        {t("keep")}
      </Button>
      <Dialog
        isOpen={isOpen}
        onClose={close}
        title={t("keepTitle", { count: chosen.length })}
        closeLabel={shell("close")}
      >
        <p>{t("keepAbout")}</p>
        <BasePicker chosen={base} onChoose={setBase} toWrite />
        {error && <ErrorNotice error={error} />}
        {data && <AddedWords added={data} />}
        <DialogButtons>
          <Button onPress={close}>{shell("close")}</Button>
          <Button
            look="primary"
            busy={isPending}
            isDisabled={base === null || data !== undefined}
            onPress={() => base !== null && mutate({ base, works: chosen })}
          >
            {t("keepNow")}
          </Button>
        </DialogButtons>
      </Dialog>
    </>
  );
}
