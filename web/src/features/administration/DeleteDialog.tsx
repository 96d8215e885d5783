/** Asks before what cannot be undone, with the consequence in words. */
import { useTranslations } from "#/i18n";
import { Button } from "#/ui/Button";
import { Dialog, DialogButtons } from "#/ui/Dialog";

interface DeleteDialogProps {
  readonly isOpen: boolean;
  readonly onClose: () => void;
  readonly title: string;
  readonly words: string;
  readonly onDelete: () => void;
}

export function DeleteDialog({ isOpen, onClose, title, words, onDelete }: DeleteDialogProps) {
  const t = useTranslations();
  return (
    <Dialog isOpen={isOpen} onClose={onClose} title={title} closeLabel={t("shell.close")}>
      <p>{words}</p>
      <DialogButtons>
        <Button onPress={onClose}>{t("shell.cancel")}</Button>
        <Button
          look="danger"
          onPress={() => {
            onDelete();
            onClose();
          }}
        >
          {t("administration.delete")}
        </Button>
      </DialogButtons>
    </Dialog>
  );
}
