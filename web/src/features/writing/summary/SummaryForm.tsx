/** What is to be summarised, and in which form: documents sent or already there, or a text. */
import { useNavigate } from "@tanstack/react-router";
import { type FormEvent, useState } from "react";
import { useAskSummary } from "#/api/summaries";
import { ErrorNotice } from "#/features/errors/ErrorNotice";
import { useTranslations } from "#/i18n";
import { Button } from "#/ui/Button";
import { classes } from "#/ui/classes";
import { ChoiceField, LinesField } from "#/ui/Field";
import { useLanguageChoices } from "../AskOptions";
import desk from "../desk.module.css";
import { LeavingFields, useLeaving } from "../Leaving";
import { FormCards } from "./FormCards";
import { AUDIENCES, LENGTHS } from "./forms";
import { SourceFields } from "./SourceFields";
import { useSummaryFiles } from "./useSummaryFiles";
import { FRESH_SUMMARY, lackingOf, type WantedSummary, wantedSummary } from "./wantedSummary";

const css = classes(desk);

interface SummaryFormProps {
  /** A file chosen elsewhere, by its identifier. */
  readonly file: string | undefined;
}

export function SummaryForm({ file }: SummaryFormProps) {
  const t = useTranslations("summaries");
  const navigate = useNavigate();
  const [wanted, setWanted] = useState<WantedSummary>({ ...FRESH_SUMMARY, own: file === undefined ? [] : [file] });
  const files = useSummaryFiles();
  const ask = useAskSummary();
  const leaving = useLeaving();
  const languages = useLanguageChoices();
  const change = (changed: Partial<WantedSummary>) => setWanted((before) => ({ ...before, ...changed }));
  const lacking = lackingOf(wanted, files.uploads);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const body = wantedSummary(wanted, files.uploads);
    if (body === null) return;
    ask.mutate(
      { ...body, ...leaving.body },
      {
        onSuccess: ({ id }) => {
          files.forget();
          void navigate({ to: "/bureau/$workId", params: { workId: id } });
        },
      },
    );
  };
  const hasFiles = files.uploads.length + wanted.own.length > 0;
  return (
    <form className={css("section")} onSubmit={submit} aria-labelledby="summary-ask">
      <h2 id="summary-ask" className={css("title")}>
        {t("ask")}
      </h2>
      <p className={css("about")}>{t("about")}</p>
      <SourceFields files={files} own={wanted.own} onOwn={(own) => change({ own })} />
      {!hasFiles && (
        <LinesField
          label={t("text")}
          prose
          rows={5}
          value={wanted.text}
          onChange={({ target }) => change({ text: target.value })}
        />
      )}
      <FormCards value={wanted.form} onChange={(form) => change({ form })} />
      <div className={css("choices")}>
        <ChoiceField
          label={t("length")}
          value={wanted.length}
          onChange={({ target }) => change({ length: target.value as WantedSummary["length"] })}
          options={LENGTHS.map((one) => [one, t(`lengths.${one}`)] as const)}
        />
        <ChoiceField
          label={t("audience")}
          value={wanted.audience}
          onChange={({ target }) => change({ audience: target.value as WantedSummary["audience"] })}
          options={AUDIENCES.map((one) => [one, t(`audiences.${one}`)] as const)}
        />
        <ChoiceField
          label={t("to")}
          value={wanted.to}
          onChange={({ target }) => change({ to: target.value })}
          options={[["", t("sameLanguage")], ...languages]}
        />
      </div>
      {ask.error && <ErrorNotice error={ask.error} />}
      <div className={css("actions")}>
        <Button look="primary" type="submit" busy={ask.isPending} why={lacking && t(`lacking.${lacking}`)}>
          {t("go")}
        </Button>
        <LeavingFields leaving={leaving} />
      </div>
    </form>
  );
}
