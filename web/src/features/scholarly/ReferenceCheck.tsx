/** A draft to check: a file, or a text that is pasted; then its report. */
import { useState } from "react";
import { useDraftCheck } from "#/api/scholarly";
import { ErrorNotice } from "#/features/errors/ErrorNotice";
import { FilePick } from "#/features/files/FilePick";
import { useTranslations } from "#/i18n";
import { Button } from "#/ui/Button";
import { classes } from "#/ui/classes";
import { LinesField } from "#/ui/Field";
import { DraftReportView } from "./DraftReportView";
import { ACCEPTED, LARGEST, oneDraft, pasted } from "./draftFiles";
import sheet from "./scholarly.module.css";

const css = classes(sheet);

export function ReferenceCheck() {
  const t = useTranslations("scholarly.check");
  const [text, setText] = useState("");
  const [draft, setDraft] = useState<File | null>(null);
  const [refused, setRefused] = useState<"several" | "large" | null>(null);
  const checking = useDraftCheck();
  const choose = async (files: readonly File[]) => {
    const one = await oneDraft(files);
    const large = one !== null && one.size > LARGEST;
    setRefused(large ? "large" : one === null ? "several" : null);
    setDraft(large ? null : one);
  };
  return (
    <div className={css("search")}>
      <p className={css("about")}>{t("about")}</p>
      <form
        className={css("form")}
        onSubmit={(event) => {
          event.preventDefault();
          const given = draft ?? (text.trim() === "" ? null : pasted(text));
          if (given !== null && refused === null) checking.mutate(given);
        }}
      >
        <FilePick
          label={t("file")}
          hint={t("fileHint")}
          multiple
          accept={ACCEPTED}
          error={refused === null ? null : t(`refused.${refused}`)}
          chosen={draft?.name ?? null}
          onPick={(files) => void choose(files)}
        />
        <LinesField
          label={t("text")}
          rows={6}
          maxLength={1_000_000}
          disabled={draft !== null}
          value={text}
          onChange={(event) => setText(event.target.value)}
        />
        <div>
          <Button type="submit" look="primary" busy={checking.isPending}>
            {t("run")}
          </Button>
        </div>
        {checking.isPending && (
          <p role="status" className={css("soft")}>
            {t("running")}
          </p>
        )}
      </form>
      {checking.error && <ErrorNotice error={checking.error} />}
      {checking.data && <DraftReportView report={checking.data} />}
    </div>
  );
}
