/** Puts documents in a folder, after saying which go and which cannot. */
import { useId, useState } from "react";
import { useChoicePreview, useMoveDocuments } from "#/api/collections";
import type { Doc } from "#/api/types";
import { ErrorNotice } from "#/features/errors/ErrorNotice";
import { useTranslations } from "#/i18n";
import { Button } from "#/ui/Button";
import { classes } from "#/ui/classes";
import { Dialog, DialogButtons } from "#/ui/Dialog";
import { Field } from "#/ui/Field";
import { useLive } from "#/ui/Live";
import { Notice } from "#/ui/Notice";
import { useSettled } from "#/ui/useSettled";
import sheet from "./collections.module.css";
import { cleanFolder } from "./folders";
import { usePlace } from "./usePlace";

const css = classes(sheet);

interface MoveDialogProps {
  readonly collection: string;
  readonly documents: readonly Doc[];
  readonly folders: readonly string[];
  readonly onClose: () => void;
  readonly onDone: () => void;
}

export function MoveDialog({ collection, documents, folders, onClose, onDone }: MoveDialogProps) {
  const t = useTranslations("collections");
  const shell = useTranslations("shell");
  const { toast } = useLive();
  const place = usePlace();
  const known = useId();
  const [typed, setTyped] = useState("");
  const folder = cleanFolder(typed);
  const ids = documents.map(({ id }) => id);
  const { data: preview, error } = useChoicePreview(collection, ids, useSettled(folder));
  const move = useMoveDocuments(collection);
  const told = (count: number) => {
    toast({ words: t("choice.moved", { count }) });
    onDone();
    onClose();
  };
  return (
    <Dialog isOpen onClose={onClose} title={t("choice.moveTitle", { count: ids.length })} closeLabel={shell("close")}>
      <form
        className={css("form")}
        onSubmit={(event) => {
          event.preventDefault();
          move.mutate({ ids, folder }, { onSuccess: ({ documents: count }) => told(count) });
        }}
      >
        <Field
          label={t("choice.folder")}
          hint={t("edit.folderHint")}
          value={typed}
          onChange={(event) => setTyped(event.target.value)}
          maxLength={400}
          list={known}
          autoComplete="off"
        />
        <datalist id={known}>
          {folders.map((one) => (
            <option key={one} value={one} />
          ))}
        </datalist>
        {preview && (
          <p className={css("about")} aria-live="polite">
            {t("choice.moveWords", { count: preview.documents, place: place(folder) })}
          </p>
        )}
        {preview && preview.taken.length > 0 && (
          <Notice meaning="caution">
            {t("choice.taken", { count: preview.taken.length, names: preview.taken.slice(0, 5).join(", ") })}
          </Notice>
        )}
        {(error ?? move.error) && <ErrorNotice error={error ?? move.error} />}
        <DialogButtons>
          <Button onPress={onClose}>{shell("cancel")}</Button>
          <Button type="submit" look="primary" busy={move.isPending} isDisabled={!preview || preview.documents === 0}>
            {t("choice.moveDo")}
          </Button>
        </DialogButtons>
      </form>
    </Dialog>
  );
}
