/** Reads what a request covers, one conversation at a time: each opening is an act that the person will see. */
import { useState } from "react";
import { useOpenRead, useReadable } from "#/api/readings";
import type { ReadConversation, Reading } from "#/api/types";
import { ErrorNotice } from "#/features/errors/ErrorNotice";
import { useTranslations } from "#/i18n";
import { Button } from "#/ui/Button";
import { classes } from "#/ui/classes";
import { Dialog, DialogButtons } from "#/ui/Dialog";
import { Notice } from "#/ui/Notice";
import sheet from "./privacy.module.css";
import { useDay } from "./useDay";

const css = classes(sheet);

export function ReadingRoom({ reading, onClose }: { readonly reading: Reading; readonly onClose: () => void }) {
  const t = useTranslations();
  const [shown, setShown] = useState<ReadConversation | null>(null);
  const name = reading.subject ?? t("privacy.erasedPerson");
  return (
    <Dialog isOpen onClose={onClose} title={t("readings.room", { name })} closeLabel={t("shell.close")}>
      <div className={css("form")}>
        <Notice meaning="caution">{t("readings.roomWords")}</Notice>
        {shown ? <Shown conversation={shown} /> : <Covered id={reading.id} onOpened={setShown} />}
        <DialogButtons>
          {shown && <Button onPress={() => setShown(null)}>{t("readings.back")}</Button>}
          <Button onPress={onClose}>{t("shell.close")}</Button>
        </DialogButtons>
      </div>
    </Dialog>
  );
}

interface CoveredProps {
  readonly id: string;
  readonly onOpened: (conversation: ReadConversation) => void;
}

function Covered({ id, onOpened }: CoveredProps) {
  const t = useTranslations("readings");
  const day = useDay();
  const { data, error } = useReadable(id);
  const open = useOpenRead();
  if (error) return <ErrorNotice error={error} />;
  if (data?.length === 0) return <p>{t("covered")}</p>;
  return (
    <>
      {open.error && <ErrorNotice error={open.error} />}
      <ul className={css("links")}>
        {data?.map((one) => (
          <li key={one.id}>
            <Button
              busy={open.isPending}
              onPress={() => open.mutate({ reading: id, conversation: one.id }, { onSuccess: onOpened })}
            >
              {t("open", { date: day(one.created_at) })}
            </Button>{" "}
            <span className={css("words")}>{t("turns", { count: one.turns })}</span>
          </li>
        ))}
      </ul>
    </>
  );
}

function Shown({ conversation }: { readonly conversation: ReadConversation }) {
  const t = useTranslations("readings");
  return (
    <>
      {conversation.title && <h3 className={css("sub")}>{conversation.title}</h3>}
      {conversation.turns.map((turn) => (
        <div key={turn.id} className={css("block", "whole")}>
          <h4 className={css("words")}>{t("question")}</h4>
          <p className={css("spoken")}>{turn.question}</p>
          {turn.attachments.length > 0 && (
            <p className={css("words")}>{t("attached", { names: turn.attachments.join(", ") })}</p>
          )}
          <h4 className={css("words")}>
            {t("answer")}
            {turn.model !== null && ` (${turn.model})`}
          </h4>
          <p className={css("spoken")}>{turn.answer}</p>
        </div>
      ))}
    </>
  );
}
