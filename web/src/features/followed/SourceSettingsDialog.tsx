/** When a source is read again, and whether the rights of its place are followed. */
import { useState } from "react";
import { useChangeSource } from "#/api/followed";
import type { Source } from "#/api/types";
import { ErrorNotice } from "#/features/errors/ErrorNotice";
import { useTranslations } from "#/i18n";
import { Button } from "#/ui/Button";
import { classes } from "#/ui/classes";
import { Dialog, DialogButtons } from "#/ui/Dialog";
import { useLive } from "#/ui/Live";
import { CadenceFields } from "./CadenceFields";
import sheet from "./followed.module.css";
import { RightsField } from "./RightsField";

const css = classes(sheet);

export function SourceSettingsDialog({ source, onClose }: { readonly source: Source; readonly onClose: () => void }) {
  const t = useTranslations("followed");
  const shell = useTranslations("shell");
  const { toast } = useLive();
  const change = useChangeSource(source.id);
  const [cadence, setCadence] = useState(source.cadence);
  const [rights, setRights] = useState(source.follows_rights);
  const onSuccess = () => {
    onClose();
    toast({ words: t("saved") });
  };
  return (
    <Dialog isOpen onClose={onClose} title={t("editTitle")} closeLabel={shell("close")}>
      <form
        className={css("form")}
        onSubmit={(event) => {
          event.preventDefault();
          change.mutate({ cadence, follows_rights: rights }, { onSuccess });
        }}
      >
        <CadenceFields cadence={cadence} onChange={setCadence} />
        <RightsField place={source.place} value={rights} onChange={setRights} />
        {change.error && <ErrorNotice error={change.error} />}
        <DialogButtons>
          <Button onPress={onClose}>{shell("cancel")}</Button>
          <Button type="submit" look="primary" busy={change.isPending}>
            {shell("save")}
          </Button>
        </DialogButtons>
      </form>
    </Dialog>
  );
}
