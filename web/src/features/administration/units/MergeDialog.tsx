/** Gives everything of a unit to another and closes it: what will be handed over is said before, for it cannot be undone. */
import { useState } from "react";
import type { Unit } from "#/api/types";
import { useMergePreview, useMergeUnit } from "#/api/units";
import { ErrorNotice } from "#/features/errors/ErrorNotice";
import { useTranslations } from "#/i18n";
import { Button } from "#/ui/Button";
import { classes } from "#/ui/classes";
import { Dialog, DialogButtons } from "#/ui/Dialog";
import { useLive } from "#/ui/Live";
import { Notice } from "#/ui/Notice";
import sheet from "../administration.module.css";
import { useRightWords } from "../roles/rightWords";
import { MergeList } from "./MergeList";
import { UnitPicker } from "./UnitPicker";

const css = classes(sheet);

interface MergeDialogProps {
  readonly unit: Unit;
  readonly onClose: () => void;
  readonly onDone: (id: string) => void;
}

export function MergeDialog({ unit, onClose, onDone }: MergeDialogProps) {
  const t = useTranslations();
  const { toast } = useLive();
  const merge = useMergeUnit();
  const { missing } = useRightWords();
  const [into, setInto] = useState<Unit | null>(null);
  const preview = useMergePreview(unit.id, into?.id ?? null);
  const refuse = (target: Unit) => {
    if (target.id === unit.id || target.above.includes(unit.id)) return t("units.isUnder");
    return target.rights.includes("units.manage") ? null : missing("units.manage");
  };
  const run = (target: Unit) =>
    merge.mutate(
      { id: unit.id, into_id: target.id },
      {
        onSuccess: () => {
          toast({ words: t("units.merged", { name: unit.name, into: target.name }) });
          onClose();
          onDone(target.id);
        },
      },
    );
  return (
    <Dialog isOpen onClose={onClose} title={t("units.mergeTitle", { name: unit.name })} closeLabel={t("shell.close")}>
      <div className={css("form")}>
        <UnitPicker label={t("units.mergeInto")} value={into} onChange={setInto} refuse={refuse} autoFocus />
        {into && (
          <Notice meaning="caution">
            <p>{t("units.mergeWords", { name: unit.name, into: into.name })}</p>
            {preview.isPending && <p>{t("units.mergeCounting")}</p>}
            {preview.data && <MergeList preview={preview.data} code={unit.code} into={into.name} />}
          </Notice>
        )}
        {preview.error && <ErrorNotice error={preview.error} onRetry={() => void preview.refetch()} />}
        {merge.error && <ErrorNotice error={merge.error} />}
        <DialogButtons>
          <Button onPress={onClose}>{t("shell.cancel")}</Button>
          <Button
            look="danger"
            isDisabled={!preview.data || preview.isFetching}
            busy={merge.isPending}
            onPress={() => into && run(into)}
          >
            {t("units.mergeNow")}
          </Button>
        </DialogButtons>
      </div>
    </Dialog>
  );
}
