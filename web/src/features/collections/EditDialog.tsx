/** Changes a document's name, folder, tags and review date. */
import { useId } from "react";
import { useChangeDocument } from "#/api/collections";
import type { Doc } from "#/api/types";
import { ErrorNotice } from "#/features/errors/ErrorNotice";
import { useTranslations } from "#/i18n";
import { Button } from "#/ui/Button";
import { classes } from "#/ui/classes";
import { Dialog, DialogButtons } from "#/ui/Dialog";
import { Field } from "#/ui/Field";
import { useLive } from "#/ui/Live";
import { submitted } from "#/ui/submitted";
import sheet from "./collections.module.css";
import { cleanFolder, readTags } from "./folders";

const css = classes(sheet);
type FieldName = "name" | "folder" | "tags" | "review_on";

interface EditDialogProps {
  readonly document: Doc;
  readonly folders: readonly string[];
  readonly onClose: () => void;
}

export function EditDialog({ document, folders, onClose }: EditDialogProps) {
  const t = useTranslations();
  const { toast } = useLive();
  const known = useId();
  const change = useChangeDocument(document.id);
  const done = () => {
    toast({ words: t("collections.edit.saved") });
    onClose();
  };
  return (
    <Dialog isOpen wide onClose={onClose} title={t("collections.edit.title")} closeLabel={t("shell.close")}>
      <form
        className={css("form")}
        onSubmit={(event) => {
          const { name, folder, tags, review_on } = submitted<FieldName>(event);
          change.mutate(
            { name, folder: cleanFolder(folder), tags: readTags(tags), review_on: review_on || null },
            { onSuccess: done },
          );
        }}
      >
        <Field label={t("collections.edit.name")} name="name" defaultValue={document.name} maxLength={200} required />
        <Field
          label={t("collections.edit.folder")}
          hint={t("collections.edit.folderHint")}
          name="folder"
          defaultValue={document.folder}
          maxLength={400}
          list={known}
          autoComplete="off"
        />
        <datalist id={known}>
          {folders.map((one) => (
            <option key={one} value={one} />
          ))}
        </datalist>
        <Field
          label={t("collections.edit.tags")}
          hint={t("collections.edit.tagsHint")}
          name="tags"
          defaultValue={document.tags.join(", ")}
          autoComplete="off"
        />
        <Field
          label={t("collections.edit.review")}
          hint={t("collections.edit.reviewHint")}
          name="review_on"
          type="date"
          defaultValue={document.review_on ?? ""}
        />
        {change.error && <ErrorNotice error={change.error} />}
        <DialogButtons>
          <Button onPress={onClose}>{t("shell.cancel")}</Button>
          <Button type="submit" look="primary" busy={change.isPending}>
            {t("shell.save")}
          </Button>
        </DialogButtons>
      </form>
    </Dialog>
  );
}
