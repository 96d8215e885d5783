/** Exactly what would leave: each message with its stand-ins marked, who would receive it, or why nothing would. */
import { useEffect, useRef, useState } from "react";
import { usePseudonymPreview } from "#/api/pseudonyms";
import type { MessageAsSent } from "#/api/types";
import { ErrorNotice } from "#/features/errors/ErrorNotice";
import { useErrorWords } from "#/features/errors/errorWords";
import { Contest } from "#/features/reports/Contest";
import { useTranslations } from "#/i18n";
import { Button } from "#/ui/Button";
import { classes } from "#/ui/classes";
import { Dialog, DialogButtons } from "#/ui/Dialog";
import { Notice } from "#/ui/Notice";
import { marked } from "./marked";
import sheet from "./pseudonyms.module.css";

const css = classes(sheet);

interface PreviewDialogProps {
  readonly text: string;
  readonly model: string | null;
  readonly conversation: () => Promise<string>;
  readonly onClose: () => void;
}

export function PreviewDialog({ text, model, conversation, onClose }: PreviewDialogProps) {
  const t = useTranslations();
  const words = useErrorWords();
  const { mutateAsync, data } = usePseudonymPreview();
  const [failure, setFailure] = useState<Error | null>(null);
  const begun = useRef(false);
  useEffect(() => {
    if (begun.current) return;
    begun.current = true;
    conversation()
      .then((conversationId) => mutateAsync({ conversationId, text, model }))
      .catch((error: unknown) => setFailure(error instanceof Error ? error : new Error()));
  }, [conversation, mutateAsync, text, model]);
  const total = Object.values(data?.replaced ?? {}).reduce((sum, count) => sum + count, 0);
  return (
    <Dialog isOpen wide onClose={onClose} title={t("pseudonyms.title")} closeLabel={t("shell.close")}>
      {failure && <ErrorNotice error={failure} />}
      {!data && !failure && <p role="status">{t("pseudonyms.reading")}</p>}
      {data && (
        <>
          {data.refused === null ? (
            <Notice>
              {t("pseudonyms.told", { count: total })}{" "}
              {data.model && t("pseudonyms.to", { model: data.model.display_name })}
            </Notice>
          ) : (
            <Notice meaning="refusal" actions={<Contest code={data.refused} />}>
              {words({
                code: data.refused,
                params: { types: data.left.join(" "), level: data.level, categories: data.categories.join(" ") },
              })}
            </Notice>
          )}
          <ol className={css("messages")}>
            {data.messages.map((message, place) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: messages have no other name, and never move
              <Message key={place} message={message} />
            ))}
          </ol>
          <p className={css("hint")}>{t("pseudonyms.files")}</p>
        </>
      )}
      <DialogButtons>
        <Button onPress={onClose}>{t("shell.close")}</Button>
      </DialogButtons>
    </Dialog>
  );
}

function Message({ message }: { readonly message: MessageAsSent }) {
  const roles = useTranslations("pseudonyms.roles");
  return (
    <li className={css("message")}>
      <span className={css("who")}>{roles(message.role)}</span>
      <p className={css("text")}>
        {marked(message).map(({ start, text, put }) => (put ? <mark key={start}>{text}</mark> : text))}
      </p>
    </li>
  );
}
