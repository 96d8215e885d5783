/** The references of a text, each with its verdict, what that means, and the work that was found. */
import { CircleAlert, CircleCheck, CircleHelp, OctagonX } from "lucide-react";
import { useState } from "react";
import { useReferenceCheck } from "#/api/scholarly";
import type { CheckedReference } from "#/api/types";
import { ErrorNotice } from "#/features/errors/ErrorNotice";
import { useTranslations } from "#/i18n";
import { Button } from "#/ui/Button";
import { classes } from "#/ui/classes";
import { Field, LinesField } from "#/ui/Field";
import sheet from "./scholarly.module.css";

const css = classes(sheet);
const ICONS = {
  found: CircleCheck,
  wrong_year: CircleAlert,
  wrong_author: CircleAlert,
  wrong_doi: CircleAlert,
  retracted: OctagonX,
  not_found: OctagonX,
  unchecked: CircleHelp,
} as const;
const LARGEST = 1_000_000;

export function ReferenceCheck() {
  const t = useTranslations("scholarly.check");
  const [text, setText] = useState("");
  const [unreadable, setUnreadable] = useState(false);
  const checking = useReferenceCheck();
  const choose = async (file: File | undefined) => {
    if (!file) return;
    const read = file.size <= LARGEST ? await file.text() : "\u0000";
    setUnreadable(read.includes("\u0000"));
    if (!read.includes("\u0000")) setText(read);
  };
  return (
    <div className={css("search")}>
      <p className={css("about")}>{t("about")}</p>
      <form
        className={css("form")}
        onSubmit={(event) => {
          event.preventDefault();
          if (text.trim() !== "") checking.mutate(text);
        }}
      >
        <LinesField
          label={t("text")}
          rows={10}
          maxLength={LARGEST}
          value={text}
          onChange={(event) => setText(event.target.value)}
        />
        <Field
          label={t("file")}
          type="file"
          accept=".tex,.bib,.bbl,.ris,.txt,.md,text/plain"
          error={unreadable ? t("unreadable") : null}
          onChange={(event) => void choose(event.target.files?.[0])}
        />
        <div>
          <Button type="submit" look="primary" busy={checking.isPending}>
            {t("run")}
          </Button>
        </div>
      </form>
      {checking.error && <ErrorNotice error={checking.error} />}
      {checking.data && <Checked references={checking.data.references} />}
    </div>
  );
}

function Checked({ references }: { readonly references: readonly CheckedReference[] }) {
  const t = useTranslations("scholarly.check");
  const wrong = references.filter((one) => one.verdict !== "found").length;
  return (
    <section aria-label={t("list")}>
      <p role="status" className={css("count")}>
        {t("summary", { count: references.length, wrong })}
      </p>
      <ol className={css("list")}>
        {references.map((one, place) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a draft may name a work twice, and the list never moves
          <Reference key={place} checked={one} />
        ))}
      </ol>
    </section>
  );
}

function Reference({ checked: { written, verdict, work } }: { readonly checked: CheckedReference }) {
  const t = useTranslations("scholarly.check");
  const Icon = ICONS[verdict];
  const authors = (work?.authors ?? [])
    .map((one) => one.name)
    .slice(0, 4)
    .join(", ");
  const meaning = t(`meanings.${verdict}`, { year: work?.year ?? "–", authors });
  return (
    <li className={css("work")}>
      <p className={css("verdict", verdict)}>
        <Icon aria-hidden="true" className={css("icon")} />
        {t(`verdicts.${verdict}`)}
      </p>
      <p className={css("written")}>{written}</p>
      <p className={css("soft")}>{meaning}</p>
      {work?.title && (
        <p className={css("soft")}>
          {work.link ? (
            <a href={work.link} target="_blank" rel="noreferrer noopener">
              {t("work", { title: work.title })}
            </a>
          ) : (
            t("work", { title: work.title })
          )}
        </p>
      )}
    </li>
  );
}
