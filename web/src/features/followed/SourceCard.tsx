/** One source: where it comes from, how its last run went, what waits for a word. */
import { isBusy, useConfirmRemovals } from "#/api/followed";
import type { Source } from "#/api/types";
import { useWhen } from "#/features/administration/persons/useWhen";
import { useErrorWords } from "#/features/errors/errorWords";
import { useErrorToast } from "#/features/errors/useErrorToast";
import { Contest } from "#/features/reports/Contest";
import { isSafeguard } from "#/features/reports/safeguards";
import { useFormatter, useTranslations } from "#/i18n";
import { Button } from "#/ui/Button";
import { classes } from "#/ui/classes";
import { useLive } from "#/ui/Live";
import { Notice } from "#/ui/Notice";
import sheet from "./followed.module.css";
import { SourceActions } from "./SourceActions";
import { SourceState } from "./SourceState";
import { useCadenceWords } from "./useCadenceWords";

const css = classes(sheet);
const FIGURES = ["listed", "added", "changed", "removed", "failed"] as const;

export function SourceCard({ source }: { readonly source: Source }) {
  const t = useTranslations("followed");
  const words = useErrorWords();
  const cadence = useCadenceWords();
  const { place, path, folder } = source;
  const facts = [
    t("where", { place: place.name, path: path === "" ? t("whole") : path }),
    cadence(source.cadence),
    t(source.follows_rights ? "rightsFollowed" : "rightsIgnored"),
  ];
  return (
    <article className={css("card")} aria-labelledby={`source-${source.id}`}>
      <div className={css("head")}>
        <h3 id={`source-${source.id}`} className={css("name")}>
          {folder.replaceAll("/", " › ")}
        </h3>
        <SourceState source={source} />
      </div>
      <p className={css("soft")}>{facts.join(" · ")}</p>
      <Moments source={source} />
      {source.error !== null && (
        <Notice meaning="refusal" actions={isSafeguard(source.error) && <Contest code={source.error} />}>
          {words({ code: source.error })}
        </Notice>
      )}
      {source.leaving > 0 && <Leaving source={source} />}
      {source.started_at !== null && <Figures source={source} />}
      <SourceActions source={source} />
    </article>
  );
}

function Moments({ source }: { readonly source: Source }) {
  const t = useTranslations("followed");
  const when = useWhen();
  const { ended_at: ended, due_at: due, paused } = source;
  const told = [ended === null ? t("neverRun") : t("lastRun", { when: when(ended) })];
  if (due !== null && !paused && !isBusy(source)) told.push(t("nextRun", { when: when(due) }));
  return <p className={css("soft")}>{told.join(" · ")}</p>;
}

function Figures({ source }: { readonly source: Source }) {
  const t = useTranslations("followed");
  const format = useFormatter();
  return (
    <dl className={css("figures")}>
      {FIGURES.map((figure) => (
        <div key={figure}>
          <dt>{t(`figures.${figure}`)}</dt>
          <dd>{format.number(source[figure])}</dd>
        </div>
      ))}
    </dl>
  );
}

/** Most documents have gone from the place: they go from here only on somebody's word. */
function Leaving({ source }: { readonly source: Source }) {
  const t = useTranslations("followed");
  const { toast } = useLive();
  const tell = useErrorToast();
  const confirm = useConfirmRemovals(source.id);
  const act = () => void confirm.mutateAsync(source.leaving).then(() => toast({ words: t("confirmed") }), tell);
  return (
    <Notice
      meaning="caution"
      actions={
        <Button small look="danger" busy={confirm.isPending} onPress={act}>
          {t("confirm", { count: source.leaving })}
        </Button>
      }
    >
      {t("leaving", { count: source.leaving })}
    </Notice>
  );
}
