/** Related work of a draft: read, searches shown and corrected before they leave, then works, each with its reason. */
import { Search } from "lucide-react";
import { useState } from "react";
import { useDraftOutline, useRelatedWorks } from "#/api/scholarly";
import type { DraftOutline } from "#/api/types";
import { ErrorNotice } from "#/features/errors/ErrorNotice";
import { FilePick } from "#/features/files/FilePick";
import { useTranslations } from "#/i18n";
import { Button } from "#/ui/Button";
import { classes } from "#/ui/classes";
import { Field } from "#/ui/Field";
import { ACCEPTED, LARGEST, oneDraft } from "./draftFiles";
import { RelatedResults } from "./RelatedResults";
import sheet from "./scholarly.module.css";

const css = classes(sheet);

export function RelatedPanel() {
  const t = useTranslations("scholarly.related");
  const check = useTranslations("scholarly.check");
  const [draft, setDraft] = useState<File | null>(null);
  const [refused, setRefused] = useState<"several" | "large" | null>(null);
  const reading = useDraftOutline();
  const choose = async (files: readonly File[]) => {
    const one = await oneDraft(files);
    const large = one !== null && one.size > LARGEST;
    setRefused(large ? "large" : one === null ? "several" : null);
    setDraft(large ? null : one);
    reading.reset();
  };
  return (
    <div className={css("search")}>
      <p className={css("about")}>{t("about")}</p>
      <form
        className={css("form")}
        onSubmit={(event) => {
          event.preventDefault();
          if (draft !== null) reading.mutate(draft);
        }}
      >
        <FilePick
          label={t("file")}
          hint={t("fileHint")}
          multiple
          accept={ACCEPTED}
          error={refused === null ? null : check(`refused.${refused}`)}
          chosen={draft?.name ?? null}
          onPick={(files) => void choose(files)}
        />
        <div>
          <Button
            type="submit"
            look={reading.data ? "outline" : "primary"}
            busy={reading.isPending}
            isDisabled={draft === null}
          >
            {t("read")}
          </Button>
        </div>
        {reading.isPending && (
          <p role="status" className={css("soft")}>
            {t("reading")}
          </p>
        )}
      </form>
      {reading.error && <ErrorNotice error={reading.error} />}
      {reading.data && <Searches key={reading.submittedAt} outline={reading.data} />}
    </div>
  );
}

function Searches({ outline }: { readonly outline: DraftOutline }) {
  const t = useTranslations("scholarly.related");
  const [words, setWords] = useState<readonly string[]>(outline.searches);
  const finding = useRelatedWorks();
  const kept = words.map((one) => one.trim()).filter((one) => one.length >= 2);
  const { statements, cited } = outline;
  return (
    <>
      <form
        className={css("form")}
        aria-label={t("searches")}
        onSubmit={(event) => {
          event.preventDefault();
          if (kept.length > 0) finding.mutate({ searches: kept, statements, cited });
        }}
      >
        <p role="status" className={css("soft")}>
          {t("outline", { statements: statements.length, cited: cited.length })}
        </p>
        <h2 className={css("count")}>{t("searches")}</h2>
        <p className={css("soft")}>{t("searchesHint")}</p>
        {words.map((one, place) => (
          <Field
            // biome-ignore lint/suspicious/noArrayIndexKey: the rows never move
            key={place}
            label={t("search", { number: place + 1 })}
            autoComplete="off"
            maxLength={300}
            value={one}
            onChange={(event) => setWords(words.with(place, event.target.value))}
          />
        ))}
        <div>
          <Button type="submit" look="primary" icon={Search} busy={finding.isPending} isDisabled={kept.length === 0}>
            {t("run")}
          </Button>
        </div>
        {finding.isPending && (
          <p role="status" className={css("soft")}>
            {t("running")}
          </p>
        )}
      </form>
      {finding.error && <ErrorNotice error={finding.error} />}
      {finding.data && <RelatedResults found={finding.data} outline={outline} />}
    </>
  );
}
