/** A sentence rewritten, change by change, each with its reason; of a text, each may be accepted or rejected. */
import { Check, Undo2, X } from "lucide-react";
import { useState } from "react";
import type { WrittenChange } from "#/api/types";
import { useChooseWords } from "#/api/writing";
import { ErrorNotice } from "#/features/errors/ErrorNotice";
import { useTranslations } from "#/i18n";
import { Button, IconButton } from "#/ui/Button";
import { classes } from "#/ui/classes";
import sheet from "./changed.module.css";
import { type Decisions, decided, kindsOf, shownBlanks, wordsOf } from "./changes";

const css = classes(sheet);

interface ChangedProps {
  readonly workId: string;
  readonly segment: number;
  readonly place: number;
  readonly changes: readonly WrittenChange[];
  readonly language: string;
  /** The words may be changed: those of a text that is done. */
  readonly open: boolean;
}

export function Changed({ workId, segment, place, changes, language, open }: ChangedProps) {
  const t = useTranslations("writing.changes");
  // What was proposed stays shown while its reader decides: what is rejected may be taken back.
  const [proposed] = useState(changes);
  const [decisions, setDecisions] = useState<Decisions>(new Map());
  const choose = useChooseWords(workId, segment);
  const told = open ? proposed : changes;
  const found = told.flatMap((one, index) => (one.why === null ? [] : [{ ...one, index }]));
  const decide = (indexes: readonly number[], decision: "accepted" | "rejected" | null) => {
    const next = decided(decisions, indexes, decision);
    const before = wordsOf(told, decisions);
    const written = wordsOf(told, next);
    if (written === before) return setDecisions(next);
    return choose.mutate({ place, written }, { onSuccess: () => setDecisions(next) });
  };
  const left = found.filter(({ index }) => !decisions.has(index)).map(({ index }) => index);
  return (
    <div className={css("changed")}>
      <p lang={language} className={css("words")}>
        {told.map((one, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: stretches of a sentence are known by their place
          <Stretch key={index} change={one} decision={decisions.get(index)} />
        ))}
      </p>
      {found.length > 0 && (
        <ul className={css("list")} aria-label={t("label")}>
          {found.map((one) => (
            <li key={one.index} className={css("line")}>
              <span className={css("why")}>{t(`why.${kindsOf(one)}`)}</span>{" "}
              <span lang={language}>
                {t("change", { before: shownBlanks(one.before), after: shownBlanks(one.after) })}
              </span>
              {open && (
                <Decide
                  change={one}
                  decision={decisions.get(one.index)}
                  busy={choose.isPending}
                  onDecide={(decision) => decide([one.index], decision)}
                />
              )}
            </li>
          ))}
        </ul>
      )}
      {open && left.length > 1 && (
        <div className={css("all")}>
          <Button small icon={Check} isDisabled={choose.isPending} onPress={() => decide(left, "accepted")}>
            {t("acceptAll")}
          </Button>
          <Button small icon={X} isDisabled={choose.isPending} onPress={() => decide(left, "rejected")}>
            {t("rejectAll")}
          </Button>
        </div>
      )}
      {choose.error && <ErrorNotice error={choose.error} />}
    </div>
  );
}

function Stretch({ change, decision }: { readonly change: WrittenChange; readonly decision: string | undefined }) {
  const { before, after, why } = change;
  if (why === null) return after;
  if (decision === "accepted") return after;
  if (decision === "rejected") return before;
  return (
    <>
      {before !== "" && <del className={css("old")}>{before}</del>}
      {after !== "" && <ins className={css("new")}>{after}</ins>}
    </>
  );
}

interface DecideProps {
  readonly change: WrittenChange;
  readonly decision: "accepted" | "rejected" | undefined;
  readonly busy: boolean;
  readonly onDecide: (decision: "accepted" | "rejected" | null) => void;
}

function Decide({ change, decision, busy, onDecide }: DecideProps) {
  const t = useTranslations("writing.changes");
  const told = { before: shownBlanks(change.before), after: shownBlanks(change.after) };
  if (decision !== undefined) {
    return (
      <span className={css("decided")}>
        <span role="status">{t(decision)}</span>
        <IconButton small label={t("undo", told)} icon={Undo2} isDisabled={busy} onPress={() => onDecide(null)} />
      </span>
    );
  }
  return (
    <span className={css("decided")}>
      <IconButton small label={t("accept", told)} icon={Check} isDisabled={busy} onPress={() => onDecide("accepted")} />
      <IconButton small label={t("reject", told)} icon={X} isDisabled={busy} onPress={() => onDecide("rejected")} />
    </span>
  );
}
