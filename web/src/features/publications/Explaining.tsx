/** A figure, a table, a formula or a copied passage of a paper, picked to be explained by what the paper says of it. */

import { useState } from "react";
import { useExplanation, usePaperFigures } from "#/api/papers";
import type { Paper, PaperFigure } from "#/api/types";
import { ErrorNotice } from "#/features/errors/ErrorNotice";
import { inCharacters } from "#/features/formulas/parts";
import deskSheet from "#/features/scholarly/scholarly.module.css";
import { useTranslations } from "#/i18n";
import { Button } from "#/ui/Button";
import { classes } from "#/ui/classes";
import { ChoiceField, LinesField } from "#/ui/Field";
import { Explained } from "./Explained";
import sheet from "./papers.module.css";

const desk = classes(deskSheet);
const css = classes(sheet);
const LONGEST = 2_000;
const LEAST = 3;
const SHOWN = 70;

export function Explaining({ base, papers }: { readonly base: string; readonly papers: readonly Paper[] }) {
  const t = useTranslations("papers");
  const first = papers.find(({ text }) => text === "read") ?? papers[0];
  const [picked, setPicked] = useState<string | null>(null);
  const paper = papers.find(({ id }) => id === picked) ?? first;
  if (paper === undefined) return null;
  return (
    <section className={desk("form")} aria-label={t("explain")}>
      <h2 className={desk("count")}>{t("explain")}</h2>
      <p className={desk("about")}>{t("explainAbout")}</p>
      <ChoiceField
        label={t("which")}
        value={paper.id}
        onChange={(event) => setPicked(event.target.value)}
        options={papers.map(({ id, record }) => [id, inCharacters(record.title ?? id)] as const)}
      />
      <OfPaper key={paper.id} base={base} paper={paper} />
    </section>
  );
}

function OfPaper({ base, paper: { id, text } }: { readonly base: string; readonly paper: Paper }) {
  const t = useTranslations("papers");
  const { data, error, refetch } = usePaperFigures(base, id, text);
  if (error) return <ErrorNotice error={error} onRetry={() => void refetch()} />;
  if (!data || (data.is_reading && data.items.length === 0)) return <p className={css("soft")}>{t("asking")}</p>;
  return <AskForm key={text} base={base} paperId={id} figures={data.items} />;
}

interface AskFormProps {
  readonly base: string;
  readonly paperId: string;
  readonly figures: readonly PaperFigure[];
}

function AskForm({ base, paperId, figures }: AskFormProps) {
  const t = useTranslations("papers");
  const [at, setAt] = useState(0);
  const [words, setWords] = useState("");
  const { mutate, data, error, isPending } = useExplanation(base, paperId);
  const figure = figures[at];
  const ask = () => {
    if (figure) mutate({ kind: figure.kind, number: figure.number });
    else if (words.trim().length >= LEAST) mutate({ kind: "passage", words });
  };
  return (
    <>
      <form
        className={desk("form")}
        onSubmit={(event) => {
          event.preventDefault();
          ask();
        }}
      >
        {figures.length === 0 ? (
          <p className={css("soft")}>{t("noFigure")}</p>
        ) : (
          <ChoiceField
            label={t("what")}
            value={String(at)}
            onChange={(event) => setAt(Number(event.target.value))}
            options={[
              ...figures.map((one, place) => [String(place), lineOf(one, t)] as const),
              [String(figures.length), t("copied")] as const,
            ]}
          />
        )}
        {figure === undefined && (
          <LinesField
            label={t("copiedWords")}
            rows={3}
            maxLength={LONGEST}
            value={words}
            onChange={(event) => setWords(event.target.value)}
          />
        )}
        <div>
          <Button
            type="submit"
            look="primary"
            busy={isPending}
            isDisabled={figure === undefined && words.trim().length < LEAST}
          >
            {t("explainNow")}
          </Button>
        </div>
      </form>
      {error && <ErrorNotice error={error} />}
      <div aria-live="polite" aria-busy={isPending}>
        {isPending && <p className={css("soft")}>{t("explaining")}</p>}
        {data && !isPending && <Explained explanation={data} />}
      </div>
    </>
  );
}

/** "Figure 3 · p. 5 · Flow against…". */
function lineOf({ kind, number, caption, page }: PaperFigure, t: ReturnType<typeof useTranslations<"papers">>) {
  const called = t(`called.${kind}`, { number });
  const title = caption === null ? t("uncaptioned") : shortened(kind === "formula" ? caption : untold(caption, number));
  return [called, page !== null && t("page", { page: String(page) }), title].filter(Boolean).join(" · ");
}

/** A caption without the label and the number that are told before it. */
function untold(caption: string, number: string): string {
  const at = caption.indexOf(number);
  return at < 0 ? caption : caption.slice(at + number.length).replace(/^[\s.:|–—-]+/, "");
}

function shortened(caption: string): string {
  return caption.length <= SHOWN ? caption : `${caption.slice(0, SHOWN).replace(/\s+\S*$/, "")}…`;
}
