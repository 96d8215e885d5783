/** Stops following, and asks what becomes of the documents, with the consequence in words. */
import { useState } from "react";
import { useRemoveSource } from "#/api/followed";
import type { Source } from "#/api/types";
import { ErrorNotice } from "#/features/errors/ErrorNotice";
import { useTranslations } from "#/i18n";
import { Button } from "#/ui/Button";
import { classes } from "#/ui/classes";
import { Dialog, DialogButtons } from "#/ui/Dialog";
import { useLive } from "#/ui/Live";
import sheet from "./followed.module.css";

const css = classes(sheet);

export function RemoveSourceDialog({ source, onClose }: { readonly source: Source; readonly onClose: () => void }) {
  const t = useTranslations("followed");
  const shell = useTranslations("shell");
  const { toast } = useLive();
  const remove = useRemoveSource(source.id);
  const [documents, choose] = useState<"keep" | "delete">("keep");
  const onSuccess = () => {
    onClose();
    toast({ words: t("removed") });
  };
  return (
    <Dialog isOpen onClose={onClose} title={t("removeTitle", { folder: source.folder })} closeLabel={shell("close")}>
      <fieldset className={css("group")}>
        <legend className={css("legend")}>{t("removeLegend")}</legend>
        {(["keep", "delete"] as const).map((one) => (
          <label key={one} className={css("radio")}>
            <input type="radio" name="documents" checked={documents === one} onChange={() => choose(one)} />
            {t(one === "keep" ? "removeKeep" : "removeDelete")}
          </label>
        ))}
      </fieldset>
      {remove.error && <ErrorNotice error={remove.error} />}
      <DialogButtons>
        <Button onPress={onClose}>{shell("cancel")}</Button>
        <Button look="danger" busy={remove.isPending} onPress={() => remove.mutate(documents, { onSuccess })}>
          {t("remove")}
        </Button>
      </DialogButtons>
    </Dialog>
  );
}
