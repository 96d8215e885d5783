/** One act on everybody that the filters find: counted and shown by the server, done by a job, followed, put back. */
import { useState } from "react";
import { filterOf, isUnderWay, useAct } from "#/api/personActs";
import type { WantedPersons } from "#/api/persons";
import { ErrorNotice } from "#/features/errors/ErrorNotice";
import { useTranslations } from "#/i18n";
import { Dialog } from "#/ui/Dialog";
import { ActOver, ActProgress } from "./ActFollowed";
import { ActPreparation } from "./ActPreparation";
import { type ActName, actName } from "./actKinds";

interface FoundDialogProps {
  readonly kind: ActName;
  readonly wanted: WantedPersons;
  readonly onClose: () => void;
}

export function FoundDialog({ kind, wanted, onClose }: FoundDialogProps) {
  // The address may change under the dialog: what is done is done to what it said when it opened.
  const [filter] = useState(() => filterOf(wanted));
  const [act, setAct] = useState<string | null>(null);
  const t = useTranslations();
  return act === null ? (
    <Dialog isOpen onClose={onClose} title={t(`persons.found.${kind}`)} closeLabel={t("shell.close")} wide>
      <ActPreparation kind={kind} filter={filter} unit={wanted.unit} onAsked={setAct} onClose={onClose} />
    </Dialog>
  ) : (
    <ActDialog id={act} onClose={onClose} />
  );
}

/** An act already asked for: how far it is, then what came of it. Closing it stops nothing. */
export function ActDialog({ id, onClose }: { readonly id: string; readonly onClose: () => void }) {
  const t = useTranslations();
  const { data: act, error, refetch } = useAct(id);
  const title = act ? t(`persons.found.${actName(act.kind)}`) : t("persons.acts");
  return (
    <Dialog isOpen onClose={onClose} title={title} closeLabel={t("shell.close")} wide>
      {error && <ErrorNotice error={error} onRetry={() => void refetch()} />}
      {act && (isUnderWay(act) ? <ActProgress act={act} onClose={onClose} /> : <ActOver act={act} onClose={onClose} />)}
    </Dialog>
  );
}
