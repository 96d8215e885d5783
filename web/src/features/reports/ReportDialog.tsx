/** Contests what a safeguard decided, or reports an incident: in one's own words, to a person, who is named by their part. */
import { useContext } from "react";
import { useMakeReport } from "#/api/reports";
import { ConversationContext } from "#/features/conversations/current";
import { useErrorWords } from "#/features/errors/errorWords";
import { useTranslations } from "#/i18n";
import { Button } from "#/ui/Button";
import { classes } from "#/ui/classes";
import { Dialog, DialogButtons } from "#/ui/Dialog";
import { ChoiceField, LinesField } from "#/ui/Field";
import { useLive } from "#/ui/Live";
import { Notice } from "#/ui/Notice";
import { submitted } from "#/ui/submitted";
import sheet from "./reports.module.css";
import { SORTS } from "./sorts";

const css = classes(sheet);

interface ReportDialogProps {
  readonly kind: "contest" | "incident";
  /** The code of the decision contested. */
  readonly about?: string;
  readonly turnId?: string | null;
  readonly onClose: () => void;
}

export function ReportDialog({ kind, about = "other", turnId = null, onClose }: ReportDialogProps) {
  const t = useTranslations("reports");
  const shell = useTranslations("shell");
  const { toast } = useLive();
  const conversationId = useContext(ConversationContext);
  const make = useMakeReport();
  const told = useErrorWords();
  const done = () => {
    toast({ words: t("sent") });
    onClose();
  };
  return (
    <Dialog isOpen wide onClose={onClose} title={t(`${kind}.title`)} closeLabel={shell("close")}>
      <form
        className={css("form")}
        onSubmit={(event) => {
          const { words, sort } = submitted<"words" | "sort">(event);
          make.mutate(
            {
              kind,
              about: kind === "incident" ? sort : about,
              words,
              conversation_id: conversationId,
              turn_id: conversationId === null ? null : turnId,
            },
            { onSuccess: done },
          );
        }}
      >
        <p>{t(`${kind}.about`)}</p>
        {kind === "incident" && (
          <ChoiceField label={t("sort")} name="sort" options={SORTS.map((one) => [one, t(`sorts.${one}`)])} />
        )}
        <LinesField prose label={t(`${kind}.words`)} hint={t("read")} name="words" maxLength={4000} required />
        {make.error && (
          <Notice meaning="refusal" alert>
            {told(make.error)}
          </Notice>
        )}
        <DialogButtons>
          <Button onPress={onClose}>{shell("cancel")}</Button>
          <Button type="submit" look="primary" busy={make.isPending}>
            {t("send")}
          </Button>
        </DialogButtons>
      </form>
    </Dialog>
  );
}
