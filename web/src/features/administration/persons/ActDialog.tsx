/** One act on many: counted and shown by the server, done by a job, followed, put back. */
import { useEffect, useRef, useState } from "react";
import { isUnderWay, useAct } from "#/api/personActs";
import type { ActAsked, PersonAct } from "#/api/types";
import { ErrorNotice } from "#/features/errors/ErrorNotice";
import { useTranslations } from "#/i18n";
import { Dialog } from "#/ui/Dialog";
import { useLive } from "#/ui/Live";
import { ActOver, ActProgress } from "./ActFollowed";
import { ActPreparation } from "./ActPreparation";
import { type ActName, actName } from "./actKinds";

interface NewActDialogProps {
  readonly kind: ActName;
  /** Those ticked, or what the filters find. */
  readonly whom: ActAsked["filter"];
  /** The unit of the list: what persons are likely taken out of. */
  readonly unit: string | null;
  readonly onClose: () => void;
}

export function NewActDialog({ kind, whom, unit, onClose }: NewActDialogProps) {
  // The list may change under the dialog: what is done is done to what it said when it opened.
  const [filter] = useState(whom);
  const [act, setAct] = useState<string | null>(null);
  const t = useTranslations();
  const title = filter.ids ? t(`persons.bulk.${kind}.title`, { count: filter.ids.length }) : t(`persons.found.${kind}`);
  return act === null ? (
    <Dialog isOpen onClose={onClose} title={title} closeLabel={t("shell.close")} wide>
      <ActPreparation kind={kind} filter={filter} unit={unit} onAsked={setAct} onClose={onClose} />
    </Dialog>
  ) : (
    <ActDialog id={act} onClose={onClose} />
  );
}

/** An act already asked for: how far it is, then what came of it. Closing it stops nothing. */
export function ActDialog({ id, onClose }: { readonly id: string; readonly onClose: () => void }) {
  const t = useTranslations();
  const { data: act, error, refetch } = useAct(id);
  useToldAtTheEnd(act);
  const title = act ? t(`persons.bulk.${actName(act.kind)}.title`, { count: act.total }) : t("persons.acts");
  return (
    <Dialog isOpen onClose={onClose} title={title} closeLabel={t("shell.close")} wide>
      {error && <ErrorNotice error={error} onRetry={() => void refetch()} />}
      {act && (isUnderWay(act) ? <ActProgress act={act} onClose={onClose} /> : <ActOver act={act} onClose={onClose} />)}
    </Dialog>
  );
}

/** Says what came of an act when it ends under one's eyes, not when one opens it again. */
function useToldAtTheEnd(act: PersonAct | undefined) {
  const t = useTranslations("persons");
  const { announce } = useLive();
  const seen = useRef<PersonAct["state"] | null>(null);
  useEffect(() => {
    if (!act) return;
    const { done, refused, undone, kept } = act;
    if (seen.current !== null && isUnderWay({ state: seen.current }) && !isUnderWay(act))
      announce(undone + kept > 0 ? t("undoneWords", { undone, kept }) : t("reportWords", { done, refused }));
    seen.current = act.state;
  }, [act, announce, t]);
}
