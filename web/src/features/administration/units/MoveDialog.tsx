/** Puts a unit elsewhere with all under it; what was moved can be moved back. */
import { useState } from "react";
import { useHeld } from "#/api/sessions";
import type { Unit } from "#/api/types";
import { useMoveUnit } from "#/api/units";
import { ErrorNotice } from "#/features/errors/ErrorNotice";
import { useErrorToast } from "#/features/errors/useErrorToast";
import { useTranslations } from "#/i18n";
import { Button } from "#/ui/Button";
import { classes } from "#/ui/classes";
import { Dialog, DialogButtons } from "#/ui/Dialog";
import { Check } from "#/ui/Field";
import { useLive } from "#/ui/Live";
import { Notice } from "#/ui/Notice";
import sheet from "../administration.module.css";
import { useRightWords } from "../roles/rightWords";
import { UnitPicker } from "./UnitPicker";

const css = classes(sheet);

export function MoveDialog({ unit, onClose }: { readonly unit: Unit; readonly onClose: () => void }) {
  const t = useTranslations();
  const held = useHeld();
  const move = useMoveUnit();
  const refuse = useRefuse(unit);
  const done = useMoved(unit);
  const [into, setInto] = useState<Unit | null>(null);
  const [top, setTop] = useState(false);
  const ready = top || into !== null;
  const target = top ? null : (into?.id ?? null);
  const run = () =>
    move.mutate(
      { id: unit.id, parent_id: target },
      {
        onSuccess: (moved) => {
          onClose();
          done(moved);
        },
      },
    );
  return (
    <Dialog isOpen onClose={onClose} title={t("units.moveTitle", { name: unit.name })} closeLabel={t("shell.close")}>
      <div className={css("form")}>
        {held.everywhere("units.manage") && unit.parent_id !== null && (
          <Check label={t("units.toTop")} checked={top} onChange={() => setTop(!top)} />
        )}
        {!top && <UnitPicker label={t("units.moveInto")} value={into} onChange={setInto} refuse={refuse} autoFocus />}
        {ready && (
          <Notice>
            {t("units.moveWords", { units: unit.units, name: unit.name })} {t("units.moveRights")}
          </Notice>
        )}
        {move.error && <ErrorNotice error={move.error} />}
        <DialogButtons>
          <Button onPress={onClose}>{t("shell.cancel")}</Button>
          <Button look="primary" isDisabled={!ready} busy={move.isPending} onPress={run}>
            {t("units.move")}
          </Button>
        </DialogButtons>
      </div>
    </Dialog>
  );
}

/** Where a unit cannot go, and why. */
function useRefuse(unit: Unit): (target: Unit) => string | null {
  const t = useTranslations("units");
  const { missing } = useRightWords();
  return (target) => {
    if (target.id === unit.id || target.above.includes(unit.id)) return t("isUnder");
    if (target.id === unit.parent_id) return t("isThere");
    return target.rights.includes("units.manage") ? null : missing("units.manage");
  };
}

/** Says that it is done, and offers to put it back. */
function useMoved(unit: Unit): (moved: Unit) => void {
  const t = useTranslations();
  const { toast } = useLive();
  const tell = useErrorToast();
  const move = useMoveUnit();
  return (moved) => {
    const back = () => move.mutateAsync({ id: unit.id, parent_id: unit.parent_id }).catch(tell);
    const words =
      moved.path.length > 1
        ? t("units.moved", { name: unit.name, place: moved.path.slice(0, -1).join(" › ") })
        : t("units.movedTop", { name: unit.name });
    toast({ words, action: { name: t("administration.undo"), run: () => void back() }, lasts: 20 });
  };
}
