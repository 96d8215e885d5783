/** Words and filters, then the works found, with how each source ended. */
import { Search } from "lucide-react";
import { useState } from "react";
import { useScholarlySearch } from "#/api/scholarly";
import type { ScholarlySearch, ScholarlyWorks } from "#/api/types";
import { ErrorNotice } from "#/features/errors/ErrorNotice";
import { useTranslations } from "#/i18n";
import { Button } from "#/ui/Button";
import { classes } from "#/ui/classes";
import { Field } from "#/ui/Field";
import { type Draft, FRESH, searchOf } from "./draft";
import { ExportBar } from "./ExportBar";
import { FilterFields } from "./FilterFields";
import { SourceStates } from "./SourceStates";
import sheet from "./scholarly.module.css";
import { Work } from "./Work";

const css = classes(sheet);

export function SearchPanel() {
  const t = useTranslations("scholarly");
  const [draft, setDraft] = useState<Draft>(FRESH);
  const [asked, setAsked] = useState<Partial<ScholarlySearch> | null>(null);
  const found = useScholarlySearch(asked);
  const ask = (page: number, next: Draft = draft) => {
    if (next.words.trim().length >= 2) setAsked(searchOf(next, page));
  };
  const change = (next: Draft) => {
    setDraft(next);
    if (asked !== null && next.sort !== draft.sort) ask(1, next);
  };
  return (
    <div className={css("search")}>
      <search>
        <form
          className={css("form")}
          onSubmit={(event) => {
            event.preventDefault();
            ask(1);
          }}
        >
          <div className={css("words")}>
            <Field
              label={t("words")}
              type="search"
              autoComplete="off"
              minLength={2}
              maxLength={1000}
              value={draft.words}
              onChange={(event) => setDraft({ ...draft, words: event.target.value })}
            />
            <Button type="submit" look="primary" icon={Search} busy={found.isFetching}>
              {t("search")}
            </Button>
          </div>
          <FilterFields draft={draft} onChange={change} />
        </form>
      </search>
      {found.error && <ErrorNotice error={found.error} onRetry={() => void found.refetch()} />}
      {found.data && !found.error && asked !== null && (
        <Results
          works={found.data}
          page={asked.page ?? 1}
          stale={found.isPlaceholderData}
          onPage={(page) => ask(page)}
        />
      )}
    </div>
  );
}

interface ResultsProps {
  readonly works: ScholarlyWorks;
  readonly page: number;
  readonly stale: boolean;
  readonly onPage: (page: number) => void;
}

function Results({ works, page, stale, onPage }: ResultsProps) {
  const t = useTranslations("scholarly");
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const rows = works.records.map((work, place) => ({ work, key: keyOf(work, place) }));
  const kept = rows.filter(({ key }) => chosen.has(key)).map(({ work }) => work);
  const choose = (key: string, on: boolean) => {
    const next = new Set(chosen);
    if (on) next.add(key);
    else next.delete(key);
    setChosen(next);
  };
  const full = works.sources.some((one) => one.works >= 20);
  return (
    <section className={css("results")} aria-busy={stale}>
      <h2 className={css("count")}>
        <span role="status">{t("results", { count: rows.length })}</span>
      </h2>
      <SourceStates sources={works.sources} />
      <ExportBar chosen={kept} />
      <ol className={css("list")}>
        {rows.map(({ work, key }) => (
          <Work key={key} work={work} isChosen={chosen.has(key)} onChoose={(on) => choose(key, on)} />
        ))}
      </ol>
      {(page > 1 || full) && (
        <nav className={css("pages")} aria-label={t("page", { page })}>
          {page > 1 && <Button onPress={() => onPage(page - 1)}>{t("previous")}</Button>}
          <span>{t("page", { page })}</span>
          {full && page < 20 && <Button onPress={() => onPage(page + 1)}>{t("next")}</Button>}
        </nav>
      )}
    </section>
  );
}

function keyOf(work: ScholarlyWorks["records"][number], place: number): string {
  const { doi, hal, arxiv, openalex, pmid, nnt, s2 } = work.identifiers ?? {};
  return doi ?? hal ?? arxiv ?? openalex ?? pmid ?? nnt ?? s2 ?? `${place} ${work.title}`;
}
