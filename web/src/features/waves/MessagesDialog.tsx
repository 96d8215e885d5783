/** Before messages leave: how many, and how many addresses were refused. */
import { useEffect, useRef } from "react";
import { type Cohort, useMessages } from "#/api/waves";
import { ErrorNotice } from "#/features/errors/ErrorNotice";
import { useTranslations } from "#/i18n";
import { Button } from "#/ui/Button";
import { Dialog, DialogButtons } from "#/ui/Dialog";
import { useLive } from "#/ui/Live";
import { Notice } from "#/ui/Notice";

interface MessagesDialogProps {
  readonly cohort: Cohort;
  readonly kind: "invitation" | "reminder";
  readonly onClose: () => void;
}

export function MessagesDialog({ cohort, kind, onClose }: MessagesDialogProps) {
  const t = useTranslations();
  const { toast } = useLive();
  const preview = useMessages(cohort.id);
  const send = useMessages(cohort.id);
  const asked = useRef(false);
  const { mutate } = preview;
  useEffect(() => {
    if (asked.current) return;
    asked.current = true;
    mutate({ kind, preview: true });
  }, [mutate, kind]);
  const { data } = preview;
  const onSuccess = ({ count }: { readonly count: number }) => {
    toast({ words: t("waves.sent", { count }) });
    onClose();
  };
  const title = kind === "invitation" ? t("waves.invite") : t("waves.remind");
  return (
    <Dialog isOpen onClose={onClose} title={title} closeLabel={t("shell.close")}>
      {data && <p>{t("waves.messagesWords", { count: data.count })}</p>}
      {data && data.refused > 0 && <Notice meaning="caution">{t("waves.refused", { count: data.refused })}</Notice>}
      {(send.error ?? preview.error) && <ErrorNotice error={send.error ?? preview.error} />}
      <DialogButtons>
        <Button onPress={onClose}>{t("shell.cancel")}</Button>
        <Button
          look="primary"
          isDisabled={!data || data.count === 0}
          busy={send.isPending}
          onPress={() => send.mutate({ kind, preview: false }, { onSuccess })}
        >
          {t("waves.send")}
        </Button>
      </DialogButtons>
    </Dialog>
  );
}
