/** What is to be written: a text or a file, into which language or in which style, with which glossary. */
import { useNavigate } from "@tanstack/react-router";
import { type FormEvent, useState } from "react";
import type { NewWork } from "#/api/types";
import { useAskWork } from "#/api/writing";
import { ErrorNotice } from "#/features/errors/ErrorNotice";
import { useTranslations } from "#/i18n";
import { Button } from "#/ui/Button";
import { classes } from "#/ui/classes";
import { ChoiceField, LinesField } from "#/ui/Field";
import { AskOptions } from "./AskOptions";
import desk from "./desk.module.css";
import { FileField } from "./FileField";
import { LeavingFields, useLeaving } from "./Leaving";
import { useFileToWrite } from "./useFileToWrite";
import { FRESH, isPdf, type Wanted, wantedWork } from "./wanted";

const css = classes(desk);
const KINDS = ["translate", "rewrite"] as const;
const PDF_AS = ["pdf", "docx", "odt"] as const;

export function AskForm() {
  const t = useTranslations("writing");
  const navigate = useNavigate();
  const [wanted, setWanted] = useState<Wanted>(FRESH);
  const file = useFileToWrite();
  const ask = useAskWork();
  const leaving = useLeaving();
  const change = (changed: Partial<Wanted>) => setWanted((before) => ({ ...before, ...changed }));
  const body = wantedWork(wanted, file.upload);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (body === null) return;
    ask.mutate({ ...body, ...leaving.body } as NewWork, {
      onSuccess: ({ id }) => {
        file.forget();
        void navigate({ to: "/bureau/$workId", params: { workId: id } });
      },
    });
  };
  return (
    <form className={css("section")} onSubmit={submit} aria-labelledby="writing-ask">
      <h2 id="writing-ask" className={css("title")}>
        {t("ask")}
      </h2>
      <p className={css("about")}>{t("about")}</p>
      <div className={css("choices")}>
        <ChoiceField
          label={t("kind")}
          value={wanted.kind}
          onChange={({ target }) => change({ kind: target.value as Wanted["kind"] })}
          options={KINDS.map((kind) => [kind, t(`kinds.${kind}`)] as const)}
        />
        <AskOptions wanted={wanted} onChange={change} />
      </div>
      {file.upload === null && (
        <LinesField
          label={t("text")}
          prose
          rows={8}
          value={wanted.text}
          onChange={({ target }) => change({ text: target.value })}
        />
      )}
      <FileField {...file} />
      {isPdf(file.upload) && (
        <ChoiceField
          label={t("pdf.label")}
          hint={t(`pdf.hints.${wanted.pdf}`)}
          value={wanted.pdf}
          onChange={({ target }) => change({ pdf: target.value as Wanted["pdf"] })}
          options={PDF_AS.map((one) => [one, t(`pdf.as.${one}`)] as const)}
        />
      )}
      {ask.error && <ErrorNotice error={ask.error} />}
      <div className={css("actions")}>
        <Button look="primary" type="submit" busy={ask.isPending} why={body === null ? t("nothing") : null}>
          {t(`go.${wanted.kind}`)}
        </Button>
        <LeavingFields leaving={leaving} />
      </div>
    </form>
  );
}
