/** For how many it would be done, the first of them, who is left out and why; one confirms what one saw. */
import { useActPreview, useConfirmAct } from "#/api/personActs";
import type { ActAsked, ActPreview, ListedPerson } from "#/api/types";
import { ErrorNotice } from "#/features/errors/ErrorNotice";
import { useTranslations } from "#/i18n";
import { Button } from "#/ui/Button";
import { classes } from "#/ui/classes";
import { DialogButtons } from "#/ui/Dialog";
import sheet from "../administration.module.css";
import { type ActName, actOf } from "./actKinds";
import { useChange } from "./useChange";

const css = classes(sheet);
const DANGERS: readonly ActName[] = ["disable", "takeOut", "withdraw"];

interface ActPreparationProps {
  readonly kind: ActName;
  readonly filter: ActAsked["filter"];
  readonly unit: string | null;
  readonly onAsked: (id: string) => void;
  readonly onClose: () => void;
}

export function ActPreparation({ kind, filter, unit, onAsked, onClose }: ActPreparationProps) {
  const t = useTranslations();
  const { change, why, fields } = useChange(kind, unit);
  const asked = change && why === null ? { filter, act: actOf(change) } : null;
  const preview = useActPreview(asked);
  const confirm = useConfirmAct();
  const seen = asked ? preview.data : undefined;
  const count = seen?.count ?? 0;
  const run = () => {
    if (!asked || !seen) return;
    confirm.mutate(
      { asked, seen: seen.seen },
      { onSuccess: ({ id }) => onAsked(id), onError: () => void preview.refetch() },
    );
  };
  return (
    <div className={css("form")}>
      <p>{t(`persons.bulk.${kind}.words`)}</p>
      {fields}
      {preview.error && asked && <ErrorNotice error={preview.error} onRetry={() => void preview.refetch()} />}
      <div aria-live="polite">
        {asked && preview.isFetching && !seen && <p>{t("persons.counting")}</p>}
        {seen && <Seen preview={seen} />}
      </div>
      {confirm.error && <ErrorNotice error={confirm.error} />}
      <DialogButtons>
        <Button onPress={onClose}>{t("shell.cancel")}</Button>
        <Button
          look={DANGERS.includes(kind) ? "danger" : "primary"}
          why={why}
          isDisabled={count === 0 || preview.isFetching}
          busy={confirm.isPending}
          onPress={run}
        >
          {t(`persons.bulk.${kind}.run`, { count })}
        </Button>
      </DialogButtons>
    </div>
  );
}

function Seen({ preview: { count, sample, left_out } }: { readonly preview: ActPreview }) {
  const t = useTranslations("persons");
  return (
    <div className={css("form")}>
      <Sample words={t("planned", { count })} count={count} sample={sample} />
      {left_out.map((one) => (
        <Sample
          key={one.reason}
          words={t("leftOut", { count: one.count, reason: t(`reasons.${one.reason}`) })}
          count={one.count}
          sample={one.sample}
          folded
        />
      ))}
    </div>
  );
}

interface SampleProps {
  readonly words: string;
  readonly count: number;
  readonly sample: readonly ListedPerson[];
  readonly folded?: boolean;
}

function Sample({ words, count, sample, folded = false }: SampleProps) {
  const t = useTranslations("persons");
  if (sample.length === 0) return <p className={css("legend")}>{words}</p>;
  return (
    <details open={!folded}>
      <summary className={css("legend")}>{words}</summary>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard (WCAG 2.1.1). */}
      <ul className={css("outcomes")} aria-label={words} tabIndex={0}>
        {sample.map((person) => (
          <li key={person.id} className={css("outcome", folded && "skipped")}>
            <span>{person.name}</span>
            <span className={css("outcomeWords")}>{[person.email, person.unit?.name].filter(Boolean).join(" · ")}</span>
          </li>
        ))}
        {count > sample.length && (
          <li className={css("outcome", "skipped")}>{t("andOthers", { count: count - sample.length })}</li>
        )}
      </ul>
    </details>
  );
}
