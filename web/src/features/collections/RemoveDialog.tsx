/** Deletes documents, after saying what goes with them: it cannot be undone. */
import { useChoicePreview, useRemoveDocuments } from "#/api/collections";
import type { Doc } from "#/api/types";
import { ErrorNotice } from "#/features/errors/ErrorNotice";
import { useSize } from "#/features/files/useSize";
import { useTranslations } from "#/i18n";
import { Button } from "#/ui/Button";
import { classes } from "#/ui/classes";
import { Dialog, DialogButtons } from "#/ui/Dialog";
import { useLive } from "#/ui/Live";
import sheet from "./collections.module.css";

const css = classes(sheet);
const NAMED = 5;

interface RemoveDialogProps {
  readonly collection: string;
  readonly documents: readonly Doc[];
  readonly onClose: () => void;
  readonly onDone?: () => void;
}

export function RemoveDialog({ collection, documents, onClose, onDone }: RemoveDialogProps) {
  const t = useTranslations("collections.choice");
  const shell = useTranslations("shell");
  const size = useSize();
  const { toast } = useLive();
  const ids = documents.map(({ id }) => id);
  const preview = useChoicePreview(collection, ids, null);
  const remove = useRemoveDocuments(collection);
  const count = documents.length;
  const done = () => {
    toast({ words: t("removed", { count }) });
    onClose();
    onDone?.();
  };
  return (
    <Dialog isOpen onClose={onClose} title={t("removeTitle", { count })} closeLabel={shell("close")}>
      <ul className={css("findings")}>
        {documents.slice(0, NAMED).map((one) => (
          <li key={one.id}>{one.name}</li>
        ))}
        {count > NAMED && <li>…</li>}
      </ul>
      {preview.data && <p>{t("removeWords", { versions: preview.data.versions, size: size(preview.data.bytes) })}</p>}
      {(preview.error ?? remove.error) && <ErrorNotice error={preview.error ?? remove.error} />}
      <DialogButtons>
        <Button onPress={onClose}>{shell("cancel")}</Button>
        <Button
          look="danger"
          isDisabled={!preview.data}
          busy={remove.isPending}
          onPress={() => remove.mutate(ids, { onSuccess: done })}
        >
          {t("removeDo")}
        </Button>
      </DialogButtons>
    </Dialog>
  );
}
