/** The charter in force, over the whole screen: read at any time, accepted when it must be. */
import { useEffect, useRef, useState } from "react";
import { type Charter, useAcceptCharter, useCharter } from "#/api/charter";
import { AnswerText } from "#/features/chat/AnswerText";
import { ErrorNotice } from "#/features/errors/ErrorNotice";
import { useShell } from "#/features/shell/shellContext";
import { type Locale, useFormatter, useTranslations } from "#/i18n";
import { Button } from "#/ui/Button";
import { classes } from "#/ui/classes";
import { Dialog, DialogButtons } from "#/ui/Dialog";
import { useLive } from "#/ui/Live";
import { Notice } from "#/ui/Notice";
import sheet from "./charter.module.css";
import { withoutTitle } from "./title";

const css = classes(sheet);

export default function CharterDialog({ onClose }: { readonly onClose: () => void }) {
  const t = useTranslations();
  const [language, setLanguage] = useState<Locale | null>(null);
  const { data: charter, error, refetch } = useCharter(language);
  const reading = useRef<HTMLDivElement>(null);
  useEffect(() => reading.current?.focus({ preventScroll: true }), []);
  const { title, body } = withoutTitle(charter?.text ?? "");
  return (
    <Dialog isOpen full onClose={onClose} title={title ?? t("charter.title")} closeLabel={t("shell.close")}>
      {/* biome-ignore lint/a11y/useSemanticElements: a group, not a landmark: the dialog already has its name. */}
      <div
        ref={reading}
        role="group"
        aria-label={t("charter.text")}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard (WCAG 2.1.1).
        tabIndex={0}
        className={css("text")}
        lang={charter?.language}
      >
        {charter?.state === "none" && <Notice meaning="caution">{t("charter.none")}</Notice>}
        {charter && <AnswerText text={body} streaming={false} />}
        {error && <ErrorNotice error={error} onRetry={() => void refetch()} />}
      </div>
      {charter && <Foot charter={charter} onLanguage={setLanguage} onClose={onClose} />}
    </Dialog>
  );
}

interface FootProps {
  readonly charter: Charter;
  readonly onLanguage: (language: Locale) => void;
  readonly onClose: () => void;
}

function Foot({ charter, onLanguage, onClose }: FootProps) {
  const t = useTranslations();
  const { toast } = useLive();
  const { open } = useShell();
  const accept = useAcceptCharter();
  const other = charter.languages.find((one) => one !== charter.language);
  const { id, hash } = charter;
  const onAccepted = () => {
    toast({ words: t("charter.acceptedToast") });
    onClose();
  };
  return (
    <footer className={css("foot")}>
      <Standing charter={charter} />
      {accept.error && <ErrorNotice error={accept.error} />}
      <DialogButtons>
        <Button
          look="quiet"
          onPress={() => {
            onClose();
            open("literacy");
          }}
        >
          {t("literacy.open")}
        </Button>
        {other && (
          <Button look="quiet" onPress={() => onLanguage(other)}>
            <span lang={other}>{t(`charter.readIn.${other}`)}</span>
          </Button>
        )}
        {charter.state === "to_accept" && id !== null ? (
          <>
            <Button onPress={onClose}>{t("charter.later")}</Button>
            <Button
              look="primary"
              busy={accept.isPending}
              onPress={() => accept.mutate({ id, hash }, { onSuccess: onAccepted })}
            >
              {t("charter.accept")}
            </Button>
          </>
        ) : (
          <Button onPress={onClose}>{t("shell.close")}</Button>
        )}
      </DialogButtons>
    </footer>
  );
}

/** Whose it is, since when, and when one accepted it. */
function Standing({ charter }: { readonly charter: Charter }) {
  const t = useTranslations("charter");
  const format = useFormatter();
  if (charter.state === "none" || charter.published_at === null) return null;
  const on = (time: string) => format.dateTime(new Date(time), { dateStyle: "long" });
  const told = t("standing", {
    unit: charter.unit?.name ?? t("institution"),
    version: charter.version,
    date: on(charter.published_at),
  });
  const accepted = charter.accepted_at === null ? t("toAccept") : t("acceptedOn", { date: on(charter.accepted_at) });
  return (
    <p className={css("standing")}>
      {told} {accepted}
    </p>
  );
}
