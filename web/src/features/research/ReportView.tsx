/** The report: every sentence with the sources that hold it; what none holds is told apart. Plain words, never markup. */
import { Fragment } from "react";
import type { Research, ResearchSection } from "#/api/types";
import { useTranslations } from "#/i18n";
import { classes } from "#/ui/classes";
import { numbersOf } from "./draft";
import sheet from "./research.module.css";
import type { Place } from "./SourceDialog";

const css = classes(sheet);

interface ReportViewProps {
  readonly research: Research;
  readonly onOpen: (place: Place) => void;
}

export function ReportView({ research, onOpen }: ReportViewProps) {
  const t = useTranslations("research.report");
  const { sections, items } = research;
  const left = sections.flatMap(({ left_out }) => left_out);
  return (
    <article className={css("part", "report")} aria-labelledby="research-report">
      <h3 id="research-report" className={css("subtitle")}>
        {t("title")}
      </h3>
      <p className={css("soft")}>{t("mark")}</p>
      {sections.map((section) => (
        <section key={section.item ?? "all"} className={css("reported")}>
          <h4 className={css("strong")}>{section.item === null ? t("summary") : items[section.item]?.question}</h4>
          <Paragraphs section={section} onOpen={onOpen} />
        </section>
      ))}
      {left.length > 0 && (
        <details>
          <summary>{t("leftOut", { count: left.length })}</summary>
          <p className={css("soft")}>{t("leftOutAbout")}</p>
          <ul>
            {left.map(({ text }) => (
              <li key={text} className={css("soft", "asked")}>
                {text}
              </li>
            ))}
          </ul>
        </details>
      )}
    </article>
  );
}

function Paragraphs({ section, onOpen }: { readonly section: ResearchSection } & Pick<ReportViewProps, "onOpen">) {
  const t = useTranslations("research");
  const { paragraphs, by } = section;
  if (paragraphs.length === 0) return <p className={css("soft")}>{t("report.nothing")}</p>;
  return (
    <>
      {by === "code" && <p className={css("soft")}>{t("report.byCode")}</p>}
      {paragraphs.map((paragraph, place) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a report does not change once written.
        <p key={place} className={css("answer")}>
          {paragraph.map(({ text, cited }, rank) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: nor do its sentences.
            <Fragment key={rank}>
              {text}{" "}
              {numbersOf(cited).map((number) => {
                const place_ = cited.find(({ source }) => source === number);
                return (
                  <button
                    key={number}
                    type="button"
                    className={css("number")}
                    aria-label={t("openSource", { number })}
                    onClick={() => place_ && onOpen(place_)}
                  >
                    {number}
                  </button>
                );
              })}{" "}
            </Fragment>
          ))}
        </p>
      ))}
    </>
  );
}
