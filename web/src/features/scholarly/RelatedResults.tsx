/** Works around a draft, each beside the sentence it is close to; those it cites already stand apart. */
import type { DraftOutline, RelatedWorks } from "#/api/types";
import { useTranslations } from "#/i18n";
import { classes } from "#/ui/classes";
import { Notice } from "#/ui/Notice";
import { SourceStates } from "./SourceStates";
import sheet from "./scholarly.module.css";
import { Work } from "./Work";

const css = classes(sheet);

interface ResultsProps {
  readonly found: RelatedWorks;
  readonly outline: DraftOutline;
}

export function RelatedResults({ found, outline }: ResultsProps) {
  const t = useTranslations("scholarly.related");
  const fresh = found.proposals.filter((one) => one.cited === null);
  const cited = found.proposals.filter((one) => one.cited !== null);
  return (
    <section className={css("results")} aria-label={t("done")}>
      <h2 className={css("count")}>
        <span role="status">{t("results", { count: fresh.length })}</span>
      </h2>
      {found.searches.map((one) => (
        <div key={one.words} className={css("asked")}>
          <p className={css("written")}>{one.words}</p>
          {one.state === "refused" ? (
            <Notice meaning="caution">{t("refused")}</Notice>
          ) : (
            <SourceStates sources={one.sources} />
          )}
        </div>
      ))}
      <Proposals proposals={fresh} outline={outline} />
      {cited.length > 0 && (
        <details className={css("abstract")}>
          <summary>{t("cited", { count: cited.length })}</summary>
          <Proposals proposals={cited} outline={outline} />
        </details>
      )}
    </section>
  );
}

interface ProposalsProps {
  readonly proposals: RelatedWorks["proposals"];
  readonly outline: DraftOutline;
}

function Proposals({ proposals, outline }: ProposalsProps) {
  const t = useTranslations("scholarly.related");
  return (
    <ol className={css("list")}>
      {proposals.map((one, place) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the list never moves
        <Work key={place} work={one.work}>
          <div className={css("why")}>
            <p className={css("soft")}>{t("why")}</p>
            <blockquote className={css("extract")}>{outline.statements[one.statement]}</blockquote>
            <p className={css("soft")}>{t("shared", { words: one.shared.join(", ") })}</p>
            {one.extract === "" ? (
              <p className={css("soft")}>{t("noExtract")}</p>
            ) : (
              <>
                <p className={css("soft")}>{t("extract")}</p>
                <blockquote className={css("extract")}>{one.extract}</blockquote>
              </>
            )}
            {one.cited !== null && (
              <p className={css("written")}>{t("citedAs", { written: outline.cited[one.cited]?.written ?? "" })}</p>
            )}
          </div>
        </Work>
      ))}
    </ol>
  );
}
