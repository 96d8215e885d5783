/** The same change for several persons: what will be done and for whom, then how far it is, then what came of it. */
import { useState } from "react";
import { usePerson } from "#/api/sessions";
import type { ListedPerson } from "#/api/types";
import { useTranslations } from "#/i18n";
import { Button } from "#/ui/Button";
import { classes } from "#/ui/classes";
import { Dialog, DialogButtons } from "#/ui/Dialog";
import { useLive } from "#/ui/Live";
import sheet from "../administration.module.css";
import { BulkReport, Planned } from "./BulkReport";
import { type BulkKind, countOf, opposite, plan, toDo } from "./bulk";
import { type Bulk, useBulk } from "./useBulk";
import { useChange } from "./useChange";

const css = classes(sheet);

interface BulkDialogProps {
  readonly kind: BulkKind;
  readonly persons: readonly ListedPerson[];
  readonly unit: string | null;
  readonly onClose: () => void;
}

export function BulkDialog({ kind, persons, unit, onClose }: BulkDialogProps) {
  const t = useTranslations();
  const { announce } = useLive();
  // The rows of the list change under the dialog: what is done is done to those shown when it opened.
  const [chosen] = useState(persons);
  const bulk = useBulk((lines) =>
    announce(t("persons.reportWords", { done: countOf(lines, "done"), refused: countOf(lines, "refused") })),
  );
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={t(`persons.bulk.${bulk.run?.change.kind ?? kind}.title`, { count: chosen.length })}
      closeLabel={t("shell.close")}
      locked={bulk.isRunning}
      wide
    >
      {bulk.run === null ? (
        <Preparation kind={kind} persons={chosen} unit={unit} bulk={bulk} onClose={onClose} />
      ) : bulk.isRunning ? (
        <Progress bulk={bulk} />
      ) : (
        <Over bulk={bulk} onClose={onClose} />
      )}
    </Dialog>
  );
}

type PreparationProps = BulkDialogProps & { readonly bulk: Bulk };

function Preparation({ kind, persons, unit, bulk, onClose }: PreparationProps) {
  const t = useTranslations();
  const me = usePerson();
  const lines = plan(kind, persons, me.id);
  const { change: asked, why, fields } = useChange(kind, unit);
  const change = asked?.kind === "withdraw" ? null : asked;
  const count = toDo(lines).length;
  return (
    <div className={css("form")}>
      <p>{t(`persons.bulk.${kind}.words`)}</p>
      {fields}
      <Planned lines={lines} count={count} />
      <DialogButtons>
        <Button onPress={onClose}>{t("shell.cancel")}</Button>
        <Button
          look={kind === "disable" || kind === "takeOut" ? "danger" : "primary"}
          why={why}
          isDisabled={!change || count === 0}
          onPress={() => change && bulk.start({ change, lines })}
        >
          {t(`persons.bulk.${kind}.run`, { count })}
        </Button>
      </DialogButtons>
    </div>
  );
}

function Progress({ bulk }: { readonly bulk: Bulk }) {
  const t = useTranslations("persons");
  const words = t("progress", { tried: bulk.tried, total: bulk.total });
  return (
    <div className={css("form")}>
      <p>{words}</p>
      <progress className={css("progress")} aria-label={words} value={bulk.tried} max={Math.max(bulk.total, 1)} />
      <DialogButtons>
        <Button autoFocus onPress={bulk.stop}>
          {t("stop")}
        </Button>
      </DialogButtons>
    </div>
  );
}

function Over({ bulk, onClose }: { readonly bulk: Bulk; readonly onClose: () => void }) {
  const t = useTranslations();
  const { lines, run } = bulk;
  const back = run && opposite(run.change);
  const done = lines.flatMap(({ person, result }) => (result === "done" ? [{ person, skip: null }] : []));
  return (
    <div className={css("form")}>
      <BulkReport lines={lines} />
      <DialogButtons>
        {back && done.length > 0 && (
          <Button onPress={() => bulk.start({ change: back, lines: done })}>
            {t("persons.undoAll", { count: done.length })}
          </Button>
        )}
        <Button look="primary" autoFocus onPress={onClose}>
          {t("shell.close")}
        </Button>
      </DialogButtons>
    </div>
  );
}
