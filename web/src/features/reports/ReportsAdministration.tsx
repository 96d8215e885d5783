/** The security officer's desk: contests and incidents, those to answer first. */
import { useState } from "react";
import { useAnswerReport, useDeskReports } from "#/api/reports";
import type { DeskReport } from "#/api/types";
import { ErrorNotice } from "#/features/errors/ErrorNotice";
import { useFormatter, useTranslations } from "#/i18n";
import { Button } from "#/ui/Button";
import { classes } from "#/ui/classes";
import { Dialog, DialogButtons } from "#/ui/Dialog";
import { ChoiceField, LinesField } from "#/ui/Field";
import { submitted } from "#/ui/submitted";
import { Table } from "#/ui/Table";
import sheet from "../administration/administration.module.css";
import { isSort } from "./sorts";

const css = classes(sheet);

const OUTCOMES = { contest: ["changed", "upheld"], incident: ["closed", "changed"] } as const;

export function ReportsAdministration() {
  const t = useTranslations("reports");
  const format = useFormatter();
  const { data, error, refetch } = useDeskReports();
  const [answering, setAnswering] = useState<DeskReport | null>(null);
  return (
    <section className={css("section")} aria-labelledby="reports-title">
      <h2 id="reports-title" className={css("title")}>
        {t("desk")}
      </h2>
      <p className={css("words")}>{t("deskAbout")}</p>
      {error && <ErrorNotice error={error} onRetry={() => void refetch()} />}
      {data && (
        <Table
          caption={t("desk")}
          rows={data.items}
          rowKey={(one) => one.id}
          empty={t("none")}
          isMarked={(one) => one.state === "open"}
          columns={[
            { name: t("person"), heading: true, cell: (one) => one.person_name },
            { name: t("kind"), cell: (one) => <Kind report={one} /> },
            { name: t("words"), cell: (one) => one.words },
            { name: t("made"), cell: (one) => format.dateTime(new Date(one.created_at), { dateStyle: "medium" }) },
            { name: t("state"), cell: (one) => t(`states.${one.state}`) },
            {
              name: t("answer"),
              align: "end",
              cell: (one) =>
                one.answer ?? (
                  <Button small onPress={() => setAnswering(one)}>
                    {t("answerIt")}
                  </Button>
                ),
            },
          ]}
        />
      )}
      {answering && <AnswerDialog report={answering} onClose={() => setAnswering(null)} />}
    </section>
  );
}

function Kind({ report: { kind, about } }: { readonly report: DeskReport }) {
  const t = useTranslations("reports");
  return (
    <>
      {t(`kinds.${kind}`)} {isSort(about) ? <p>{t(`sorts.${about}`)}</p> : <code>{about}</code>}
    </>
  );
}

function AnswerDialog({ report, onClose }: { readonly report: DeskReport; readonly onClose: () => void }) {
  const t = useTranslations("reports");
  const shell = useTranslations("shell");
  const answer = useAnswerReport(report.id);
  return (
    <Dialog isOpen wide onClose={onClose} title={t("answerTitle")} closeLabel={shell("close")}>
      <form
        onSubmit={(event) => {
          const { state, words } = submitted<"state" | "words">(event);
          const outcome = OUTCOMES[report.kind].find((one) => one === state) ?? OUTCOMES[report.kind][0];
          answer.mutate({ state: outcome, answer: words }, { onSuccess: onClose });
        }}
      >
        <blockquote>{report.words}</blockquote>
        <ChoiceField
          label={t("state")}
          name="state"
          options={OUTCOMES[report.kind].map((one) => [one, t(`states.${one}`)])}
        />
        <LinesField prose label={t("answer")} hint={t("answerHint")} name="words" maxLength={4000} required />
        {answer.error && <ErrorNotice error={answer.error} />}
        <DialogButtons>
          <Button onPress={onClose}>{shell("cancel")}</Button>
          <Button type="submit" look="primary" busy={answer.isPending}>
            {t("send")}
          </Button>
        </DialogButtons>
      </form>
    </Dialog>
  );
}
