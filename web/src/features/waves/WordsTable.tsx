/** The words of the messages; only for whoever manages waves of the whole installation. */
import { useState } from "react";
import { type MailWords, useChangeMailWords, useMailWords, useRestoreMailWords } from "#/api/waves";
import { ErrorNotice } from "#/features/errors/ErrorNotice";
import { useTranslations } from "#/i18n";
import { Button } from "#/ui/Button";
import { classes } from "#/ui/classes";
import { Dialog, DialogButtons } from "#/ui/Dialog";
import { Field } from "#/ui/Field";
import { useLive } from "#/ui/Live";
import { submitted } from "#/ui/submitted";
import { Table } from "#/ui/Table";
import sheet from "./waves.module.css";

const css = classes(sheet);
const PLACES = "{name} {institution} {link} {cohort} {closes_on}";

export function WordsTable() {
  const t = useTranslations("waves");
  const { data } = useMailWords();
  const [edited, setEdited] = useState<MailWords | null>(null);
  if (!data) return null;
  const title = (one: MailWords) =>
    t("editMail", { kind: t(`kinds.${one.kind}`), language: t(`languages.${one.language}`) });
  return (
    <section className={css("section")} aria-labelledby="mail-title">
      <h2 id="mail-title" className={css("title")}>
        {t("mail")}
      </h2>
      <Table
        caption={t("mail")}
        rows={data}
        rowKey={(one) => `${one.kind}-${one.language}`}
        empty=""
        columns={[
          { name: t("messages"), heading: true, cell: title },
          { under: true, name: t("subject"), cell: (one) => <span lang={one.language}>{one.subject}</span> },
          { under: true, name: t("state"), cell: (one) => (one.is_own ? t("own") : t("shipped")) },
          {
            name: t("actions"),
            quiet: true,
            align: "end",
            cell: (one) => (
              <Button small aria-label={`${t("edit")} : ${title(one)}`} onPress={() => setEdited(one)}>
                {t("change")}
              </Button>
            ),
          },
        ]}
      />
      {edited && <WordsDialog words={edited} title={title(edited)} onClose={() => setEdited(null)} />}
    </section>
  );
}

interface WordsDialogProps {
  readonly words: MailWords;
  readonly title: string;
  readonly onClose: () => void;
}

function WordsDialog({ words, title, onClose }: WordsDialogProps) {
  const t = useTranslations();
  const { toast } = useLive();
  const change = useChangeMailWords();
  const restore = useRestoreMailWords();
  const { kind, language } = words;
  const onSuccess = () => {
    toast({ words: t("waves.mailSaved") });
    onClose();
  };
  return (
    <Dialog isOpen wide onClose={onClose} title={title} closeLabel={t("shell.close")}>
      <form
        className={css("form")}
        onSubmit={(event) => change.mutate({ ...submitted<"subject" | "body">(event), kind, language }, { onSuccess })}
      >
        <p className={css("words")}>{t("waves.mailWords", { places: PLACES })}</p>
        <Field
          label={t("waves.subject")}
          name="subject"
          lang={language}
          maxLength={200}
          defaultValue={words.subject}
          required
        />
        <div>
          <label htmlFor="mail-body" className={css("label")}>
            {t("waves.body")}
          </label>
          <textarea
            id="mail-body"
            name="body"
            lang={language}
            className={css("area")}
            rows={14}
            maxLength={8_000}
            defaultValue={words.body}
            required
          />
        </div>
        {(change.error ?? restore.error) && <ErrorNotice error={change.error ?? restore.error} />}
        <DialogButtons>
          {words.is_own && (
            <Button onPress={() => restore.mutate({ kind, language }, { onSuccess })}>{t("waves.restore")}</Button>
          )}
          <Button onPress={onClose}>{t("shell.cancel")}</Button>
          <Button type="submit" look="primary" busy={change.isPending}>
            {t("waves.save")}
          </Button>
        </DialogButtons>
      </form>
    </Dialog>
  );
}
