/** What may be done with a unit: a button that may not be pressed says which right is missing. */
import { useNavigate } from "@tanstack/react-router";
import { FolderInput, Merge, Pencil, Plus, Trash2 } from "lucide-react";
import { useState } from "react";
import type { Unit } from "#/api/types";
import { useDeleteUnit } from "#/api/units";
import { useErrorToast } from "#/features/errors/useErrorToast";
import { useTranslations } from "#/i18n";
import { Button } from "#/ui/Button";
import { classes } from "#/ui/classes";
import { useLive } from "#/ui/Live";
import sheet from "../administration.module.css";
import { DeleteDialog } from "../DeleteDialog";
import { useRightWords } from "../roles/rightWords";
import { MergeDialog } from "./MergeDialog";
import { MoveDialog } from "./MoveDialog";
import { UnitDialog } from "./UnitDialog";

const css = classes(sheet);

type Asked = "add" | "edit" | "move" | "merge" | "delete";

export function UnitActions({ unit }: { readonly unit: Unit }) {
  const t = useTranslations("units");
  const [asked, setAsked] = useState<Asked | null>(null);
  const close = () => setAsked(null);
  const { manage, leave, remove } = useObstacles(unit);
  const go = useOpenUnit();
  return (
    <div className={css("buttons")}>
      <Button small icon={Plus} why={manage} onPress={() => setAsked("add")}>
        {t("addUnder")}
      </Button>
      <Button small icon={Pencil} why={manage} onPress={() => setAsked("edit")}>
        {t("edit")}
      </Button>
      <Button small icon={FolderInput} why={leave} onPress={() => setAsked("move")}>
        {t("move")}
      </Button>
      <Button small icon={Merge} why={leave} onPress={() => setAsked("merge")}>
        {t("merge")}
      </Button>
      <Button small icon={Trash2} why={remove} onPress={() => setAsked("delete")}>
        {t("delete")}
      </Button>
      {asked === "add" && <UnitDialog unit={null} parent={unit} onClose={close} onDone={go} />}
      {asked === "edit" && <UnitDialog unit={unit} parent={null} onClose={close} onDone={close} />}
      {asked === "move" && <MoveDialog unit={unit} onClose={close} />}
      {asked === "merge" && <MergeDialog unit={unit} onClose={close} onDone={go} />}
      <RemoveDialog unit={unit} isOpen={asked === "delete"} onClose={close} />
    </div>
  );
}

/** Why each thing may not be done here, in words; null when it may. */
function useObstacles(unit: Unit) {
  const t = useTranslations("units");
  const { missing } = useRightWords();
  const manage = unit.rights.includes("units.manage") ? null : missing("units.manage");
  const leave = manage ?? (unit.may_move ? null : `${t("neededAbove")} ${missing("units.manage")}`);
  const full = unit.units > 0 || (unit.persons ?? 0) > 0 ? t("notEmpty") : null;
  return { manage, leave, remove: leave ?? full };
}

export function useOpenUnit(): (id: string) => void {
  const navigate = useNavigate();
  return (id) => void navigate({ to: "/administration/units/$unitId", params: { unitId: id } });
}

interface RemoveDialogProps {
  readonly unit: Unit;
  readonly isOpen: boolean;
  readonly onClose: () => void;
}

function RemoveDialog({ unit, isOpen, onClose }: RemoveDialogProps) {
  const t = useTranslations("units");
  const navigate = useNavigate();
  const { toast } = useLive();
  const tell = useErrorToast();
  const remove = useDeleteUnit();
  // The promise, for the row may be gone by then, and with it what is given to `mutate`.
  const onDelete = () =>
    void remove.mutateAsync(unit.id).then(() => {
      toast({ words: t("deleted", { name: unit.name }) });
      void navigate({ to: "/administration/units" });
    }, tell);
  return (
    <DeleteDialog
      isOpen={isOpen}
      onClose={onClose}
      title={t("deleteTitle", { name: unit.name })}
      words={t("deleteWords", { code: unit.code })}
      onDelete={onDelete}
    />
  );
}
