/** Puts several persons on the waiting list, one per line: name ; address ; unit. */
import { useId, useState } from "react";
import { useAddVolunteers } from "#/api/waves";
import { ErrorNotice } from "#/features/errors/ErrorNotice";
import { usePreferences } from "#/features/preferences/preferences";
import { useTranslations } from "#/i18n";
import { Button } from "#/ui/Button";
import { classes } from "#/ui/classes";
import { Dialog, DialogButtons } from "#/ui/Dialog";
import { useLive } from "#/ui/Live";
import { Notice } from "#/ui/Notice";
import { readLines } from "./lines";
import sheet from "./waves.module.css";

const css = classes(sheet);

export function AddDialog({ onClose }: { readonly onClose: () => void }) {
  const t = useTranslations();
  const { toast } = useLive();
  const area = useId();
  const add = useAddVolunteers();
  const { language } = usePreferences();
  const [text, setText] = useState("");
  const read = readLines(text, language);
  const onSuccess = (told: { readonly added: number; readonly known: number }) => {
    toast({ words: t("waves.added", { added: told.added, known: told.known }) });
    onClose();
  };
  return (
    <Dialog isOpen wide onClose={onClose} title={t("waves.add")} closeLabel={t("shell.close")}>
      <p className={css("words")}>{t("waves.addWords")}</p>
      <div>
        <label htmlFor={area} className={css("label")}>
          {t("waves.lines")}
        </label>
        <textarea
          id={area}
          className={css("area")}
          rows={8}
          value={text}
          onChange={(event) => setText(event.target.value)}
        />
      </div>
      {read.wrong !== null && <Notice meaning="caution">{t("waves.badLine", { line: read.wrong })}</Notice>}
      {add.error && <ErrorNotice error={add.error} />}
      <DialogButtons>
        <Button onPress={onClose}>{t("shell.cancel")}</Button>
        <Button
          look="primary"
          busy={add.isPending}
          isDisabled={read.wrong !== null || read.people.length === 0}
          onPress={() => add.mutate([...read.people], { onSuccess })}
        >
          {t("waves.add")}
        </Button>
      </DialogButtons>
    </Dialog>
  );
}
