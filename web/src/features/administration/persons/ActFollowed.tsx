/** An act of the server once confirmed: how far it is, then what came of it, and the way back. */
import { CircleX } from "lucide-react";
import { ApiError } from "#/api/http";
import { useTurnAct } from "#/api/personActs";
import type { PersonAct } from "#/api/types";
import { ErrorNotice } from "#/features/errors/ErrorNotice";
import { useErrorWords } from "#/features/errors/errorWords";
import { useTranslations } from "#/i18n";
import { Button } from "#/ui/Button";
import { classes } from "#/ui/classes";
import { DialogButtons } from "#/ui/Dialog";
import { Notice } from "#/ui/Notice";
import sheet from "../administration.module.css";
import { progressOf } from "./actKinds";
import { usePlace } from "./usePlace";

const css = classes(sheet);

interface FollowedProps {
  readonly act: PersonAct;
  readonly onClose: () => void;
}

export function ActProgress({ act, onClose }: FollowedProps) {
  const t = useTranslations("persons");
  const stop = useTurnAct("stop");
  const { tried, total } = progressOf(act);
  const words = t(act.state === "undoing" ? "undoingProgress" : "progress", { tried, total });
  return (
    <div className={css("form")}>
      <Where act={act} />
      <p>{words}</p>
      <progress className={css("progress")} aria-label={words} value={tried} max={Math.max(total, 1)} />
      <p className={css("small")}>{t("goesOn")}</p>
      {stop.error && <ErrorNotice error={stop.error} />}
      <DialogButtons>
        <Button busy={stop.isPending} onPress={() => stop.mutate(act.id)}>
          {t("stop")}
        </Button>
        <Button look="primary" autoFocus onPress={onClose}>
          {t("leaveRunning")}
        </Button>
      </DialogButtons>
    </div>
  );
}

export function ActOver({ act, onClose }: FollowedProps) {
  const t = useTranslations();
  const undo = useTurnAct("undo");
  const errorWords = useErrorWords();
  return (
    <div className={css("form")}>
      <Where act={act} />
      <div>
        <p className={css("legend")}>{t("persons.reportWords", { done: act.done, refused: act.refused })}</p>
        {act.state === "stopped" && <p>{t("persons.stoppedAt", { left: act.total - act.done - act.refused })}</p>}
        {act.undone + act.kept > 0 && <p>{t("persons.undoneWords", { undone: act.undone, kept: act.kept })}</p>}
      </div>
      {act.error && (
        <Notice meaning="refusal">
          <p>{t("persons.actFailed")}</p>
          <p>{errorWords(new ApiError(act.error, 409))}</p>
        </Notice>
      )}
      <Refusals act={act} />
      {undo.error && <ErrorNotice error={undo.error} />}
      <DialogButtons>
        {act.undoable && (
          <Button busy={undo.isPending} onPress={() => undo.mutate(act.id)}>
            {t("persons.undoAll", { count: act.done - act.undone - act.kept })}
          </Button>
        )}
        <Button look="primary" autoFocus onPress={onClose}>
          {t("shell.close")}
        </Button>
      </DialogButtons>
    </div>
  );
}

/** The role and the unit that the act is about, while they are still there. */
function Where({ act }: Pick<FollowedProps, "act">) {
  const place = usePlace()(act);
  return place ? <p className={css("small")}>{place}</p> : null;
}

function Refusals({ act: { refusals, refused, kept } }: Pick<FollowedProps, "act">) {
  const t = useTranslations("persons");
  if (refusals.length === 0) return null;
  const others = refused + kept - refusals.length;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard (WCAG 2.1.1).
    <ul className={css("outcomes")} aria-label={t("notDone")} tabIndex={0}>
      {refusals.map(({ person_id, name, reason }) => (
        <li key={person_id} className={css("outcome")}>
          <span className={css("state")}>
            <CircleX aria-hidden="true" className={css("stateIcon", "missing")} />
            {name}
          </span>
          <span className={css("outcomeWords")}>{t(`reasons.${reason}`)}</span>
        </li>
      ))}
      {others > 0 && <li className={css("outcome", "skipped")}>{t("andOthers", { count: others })}</li>}
    </ul>
  );
}
