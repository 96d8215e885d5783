/** The papers of a base: brought from a list, with what became of their full text; compared, written from, explained. */

import { useState } from "react";
import { usePapers } from "#/api/papers";
import type { Paper } from "#/api/types";
import { ErrorNotice } from "#/features/errors/ErrorNotice";
import { WithFormulas } from "#/features/formulas/WithFormulas";
import { Badges } from "#/features/scholarly/Badges";
import deskSheet from "#/features/scholarly/scholarly.module.css";
import { useTranslations } from "#/i18n";
import { classes } from "#/ui/classes";
import { Check } from "#/ui/Field";
import { BasePicker } from "./BasePicker";
import { Comparison } from "./Comparison";
import { Explaining } from "./Explaining";
import { ImportList } from "./ImportList";
import { Synthesis } from "./Synthesis";

const css = classes(deskSheet);

export function PapersPanel() {
  const t = useTranslations("papers");
  const [base, setBase] = useState<string | null>(null);
  return (
    <div className={css("search")}>
      <p className={css("about")}>{t("about")}</p>
      <BasePicker chosen={base} onChoose={setBase} />
      {base !== null && <OfBase key={base} base={base} />}
    </div>
  );
}

function OfBase({ base }: { readonly base: string }) {
  const t = useTranslations("papers");
  const { data, error, refetch } = usePapers(base);
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set());
  if (error) return <ErrorNotice error={error} onRetry={() => void refetch()} />;
  if (!data) return null;
  const chosen = data.items.filter(({ id }) => !left.has(id));
  const keep = (id: string, on: boolean) => {
    const next = new Set(left);
    if (on) next.delete(id);
    else next.add(id);
    setLeft(next);
  };
  return (
    <>
      <ImportList base={base} />
      <h2 className={css("count")}>{t("count", { count: data.items.length })}</h2>
      {data.items.length > 0 && (
        <ol className={css("list")}>
          {data.items.map((paper) => (
            <PaperRow
              key={paper.id}
              paper={paper}
              isChosen={!left.has(paper.id)}
              onChoose={(on) => keep(paper.id, on)}
            />
          ))}
        </ol>
      )}
      {chosen.length > 0 && (
        <>
          <Comparison base={base} papers={chosen} />
          <Synthesis base={base} papers={chosen} />
        </>
      )}
      {data.items.length > 0 && <Explaining base={base} papers={data.items} />}
    </>
  );
}

interface PaperRowProps {
  readonly paper: Paper;
  readonly isChosen: boolean;
  readonly onChoose: (on: boolean) => void;
}

function PaperRow({ paper: { record, text, reason }, isChosen, onChoose }: PaperRowProps) {
  const t = useTranslations("papers");
  const authors = (record.authors ?? []).slice(0, 3).map(({ name }) => name);
  const known = REASONS.find((one) => one === reason);
  return (
    <li className={css("work")}>
      <h3 className={css("title")}>
        <WithFormulas text={record.title ?? ""} />
      </h3>
      <p className={css("byline")}>{[authors.join(", "), record.venue, record.year].filter(Boolean).join(" · ")}</p>
      <Badges work={record} />
      <div className={css("foot")}>
        <span className={css("soft")}>
          {text === "none" ? t("noText", { reason: t(`reasons.${known ?? "other"}`) }) : t(`texts.${text}`)}
        </span>
        <Check label={t("use")} checked={isChosen} onChange={(event) => onChoose(event.target.checked)} />
      </div>
    </li>
  );
}

const REASONS = [
  "not_open",
  "access_unknown",
  "licence_unknown",
  "no_pdf",
  "not_pdf",
  "robots",
  "status",
  "too_large",
] as const;
