/** A state of the art from chosen papers: only sentences that one of them holds, with the references of those cited. */

import { useState } from "react";
import { useSynthesis } from "#/api/papers";
import type { Paper, PaperSynthesis } from "#/api/types";
import { ErrorNotice } from "#/features/errors/ErrorNotice";
import { WithFormulas } from "#/features/formulas/WithFormulas";
import deskSheet from "#/features/scholarly/scholarly.module.css";
import { useTranslations } from "#/i18n";
import { Button } from "#/ui/Button";
import { classes } from "#/ui/classes";
import { Field } from "#/ui/Field";
import { Notice } from "#/ui/Notice";
import { HeldPassages } from "./HeldPassages";
import sheet from "./papers.module.css";

const desk = classes(deskSheet);
const css = classes(sheet);
const MOST = 20;

export function Synthesis({ base, papers }: { readonly base: string; readonly papers: readonly Paper[] }) {
  const t = useTranslations("papers");
  const [subject, setSubject] = useState("");
  const { mutate, data, error, isPending } = useSynthesis();
  const ids = papers.slice(0, MOST).map(({ id }) => id);
  return (
    <section className={desk("form")} aria-label={t("synthesis")}>
      <h2 className={desk("count")}>{t("synthesis")}</h2>
      <form
        className={desk("words")}
        onSubmit={(event) => {
          event.preventDefault();
          if (subject.trim().length >= 3) mutate({ base, ids, subject });
        }}
      >
        <Field
          label={t("subject")}
          maxLength={1_000}
          value={subject}
          onChange={(event) => setSubject(event.target.value)}
        />
        <Button type="submit" look="primary" busy={isPending}>
          {t("write", { count: ids.length })}
        </Button>
      </form>
      {error && <ErrorNotice error={error} />}
      <div aria-live="polite">{data && <Written synthesis={data} />}</div>
    </section>
  );
}

function Written({ synthesis: { text, references, held, dropped } }: { readonly synthesis: PaperSynthesis }) {
  const t = useTranslations("papers");
  if (text === "") return <Notice>{t("nothingHeld")}</Notice>;
  return (
    <div className={css("written")}>
      <p className={css("text")}>{text}</p>
      {dropped > 0 && <p className={css("soft")}>{t("dropped", { count: dropped })}</p>}
      <h3 className={desk("title")}>{t("references")}</h3>
      <ul className={css("references")}>
        {references.map(({ number, paper: { record } }) => (
          <li key={number}>
            [{number}] {(record.authors ?? []).map(({ name }) => name).join(", ")} ({record.year ?? "?"}).{" "}
            <WithFormulas text={record.title ?? ""} />. {record.identifiers?.doi}
            {record.is_retracted && <strong className={css("retracted")}> {t("retracted")}</strong>}
          </li>
        ))}
      </ul>
      <HeldPassages held={held} />
    </div>
  );
}
