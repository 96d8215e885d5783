/** A sentence rewritten, change by change, each with its reason; each may be accepted or rejected, and it is kept. */
import { Check, Undo2, X } from "lucide-react";
import { type RefObject, useLayoutEffect, useRef } from "react";
import type { WrittenChange } from "#/api/types";
import { useDecideChanges } from "#/api/writing";
import { ErrorNotice } from "#/features/errors/ErrorNotice";
import { useTranslations } from "#/i18n";
import { Button, IconButton } from "#/ui/Button";
import { classes } from "#/ui/classes";
import sheet from "./changed.module.css";
import { type Decision, decided, kindsOf, leftOpen, shownBlanks } from "./changes";

const css = classes(sheet);

interface ChangedProps {
  readonly workId: string;
  readonly segment: number;
  readonly place: number;
  readonly changes: readonly WrittenChange[];
  readonly language: string;
  /** Its changes may be decided: the work is done. */
  readonly open: boolean;
}

export function Changed({ workId, segment, place, changes, language, open }: ChangedProps) {
  const t = useTranslations("writing.changes");
  const shown = useShown();
  const choose = useDecideChanges(workId, segment);
  const found = changes.flatMap((one, index) => (one.why === null ? [] : [{ ...one, index }]));
  const left = leftOpen(changes);
  const decide = (indexes: readonly number[], decision: Decision | null) =>
    choose.mutate({ place, ...decided(changes, indexes, decision) });
  return (
    <div className={css("changed")}>
      <p lang={language} className={css("words")}>
        {changes.map((one, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: stretches of a sentence are known by their place
          <Stretch key={index} change={one} />
        ))}
      </p>
      {found.length > 0 && (
        <ul className={css("list")} aria-label={t("label")}>
          {found.map((one) => (
            <li key={one.index} className={css("line")}>
              <span className={css("why")}>{t(`why.${kindsOf(one)}`)}</span>{" "}
              <span lang={language}>{t("change", { before: shown(one.before), after: shown(one.after) })}</span>
              {open && (
                <Decide change={one} busy={choose.isPending} onDecide={(decision) => decide([one.index], decision)} />
              )}
            </li>
          ))}
        </ul>
      )}
      {open && left.length > 1 && (
        <div className={css("all")}>
          <Button small icon={Check} busy={choose.isPending} onPress={() => decide(left, "accepted")}>
            {t("acceptAll")}
          </Button>
          <Button small icon={X} busy={choose.isPending} onPress={() => decide(left, "rejected")}>
            {t("rejectAll")}
          </Button>
        </div>
      )}
      {choose.error && <ErrorNotice error={choose.error} />}
    </div>
  );
}

function useShown(): (words: string) => string {
  const t = useTranslations("writing.changes.blanks");
  return (words) => shownBlanks(words, (blank) => t(blank));
}

function Stretch({ change }: { readonly change: WrittenChange }) {
  const { before, after, why, decision } = change;
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
  readonly busy: boolean;
  readonly onDecide: (decision: Decision | null) => void;
}

function Decide({ change, busy, onDecide }: DecideProps) {
  const t = useTranslations("writing.changes");
  const shown = useShown();
  const told = { before: shown(change.before), after: shown(change.after) };
  const { decision } = change;
  const place = useKeptFocus(decision);
  if (decision !== null) {
    return (
      <span ref={place} className={css("decided")}>
        <span role="status">{t(decision)}</span>
        <IconButton small label={t("undo", told)} icon={Undo2} ended={busy} onPress={() => onDecide(null)} />
      </span>
    );
  }
  return (
    <span ref={place} className={css("decided")}>
      <IconButton small label={t("accept", told)} icon={Check} ended={busy} onPress={() => onDecide("accepted")} />
      <IconButton small label={t("reject", told)} icon={X} ended={busy} onPress={() => onDecide("rejected")} />
    </span>
  );
}

/** The button that was pressed is replaced by the one that takes the decision back, or the other way round: the focus stays. */
function useKeptFocus(decision: Decision | null): RefObject<HTMLElement | null> {
  const place = useRef<HTMLElement>(null);
  const shown = useRef(decision);
  useLayoutEffect(() => {
    if (shown.current === decision) return;
    shown.current = decision;
    if (document.activeElement === document.body) place.current?.querySelector("button")?.focus();
  }, [decision]);
  return place;
}
