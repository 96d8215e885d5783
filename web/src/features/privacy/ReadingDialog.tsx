/** Asks to read somebody's content: whose, what, why, until when; a later notice only on a ground of the law. */
import { useState } from "react";
import { useAskReading } from "#/api/readings";
import type { NewReading } from "#/api/types";
import { ErrorNotice } from "#/features/errors/ErrorNotice";
import { useTranslations } from "#/i18n";
import { Button } from "#/ui/Button";
import { classes } from "#/ui/classes";
import { Dialog, DialogButtons } from "#/ui/Dialog";
import { Check, ChoiceField, Field, LinesField } from "#/ui/Field";
import { useLive } from "#/ui/Live";
import { submitted } from "#/ui/submitted";
import sheet from "./privacy.module.css";

const css = classes(sheet);
const REASONS = ["security_incident", "judicial_request", "misuse_report", "person_at_risk", "absence"] as const;
const GROUNDS = ["criminal_investigation", "judicial_order", "national_security"] as const;
const DAY = 86_400_000;

type Names = "email" | "from" | "to" | "conversation" | "reason" | "words" | "ends" | "ground" | "until";

interface ReadingDialogProps {
  readonly longestDays: number;
  readonly longestDelay: number;
  readonly onClose: () => void;
}

export function ReadingDialog({ longestDays, longestDelay, onClose }: ReadingDialogProps) {
  const t = useTranslations();
  const { toast } = useLive();
  const ask = useAskReading();
  const [whole, setWhole] = useState(true);
  const [delayed, setDelayed] = useState(false);
  return (
    <Dialog isOpen onClose={onClose} title={t("readings.ask")} closeLabel={t("shell.close")}>
      <form
        className={css("form")}
        onSubmit={(event) => {
          const body = read(submitted<Names>(event), whole, delayed);
          ask.mutate(body, {
            onSuccess: () => {
              toast({ words: t("readings.sent") });
              onClose();
            },
          });
        }}
      >
        <Field label={t("readings.email")} name="email" type="email" autoComplete="off" required />
        <ChoiceField
          label={t("readings.scope")}
          value={whole ? "period" : "conversation"}
          onChange={(event) => setWhole(event.target.value === "period")}
          options={(["period", "conversation"] as const).map((one) => [one, t(`readings.scopes.${one}`)])}
        />
        {whole ? (
          <>
            <Field label={t("readings.from")} name="from" type="date" max={date(0)} required />
            <Field label={t("readings.to")} name="to" type="date" max={date(0)} defaultValue={date(0)} required />
          </>
        ) : (
          <Field
            label={t("readings.conversation")}
            hint={t("readings.conversationHint")}
            name="conversation"
            pattern="[0-9a-f\-]{36}"
            required
          />
        )}
        <ChoiceField
          label={t("readings.reason")}
          name="reason"
          options={REASONS.map((one) => [one, t(`readings.reasons.${one}`)])}
        />
        <LinesField label={t("readings.words")} name="words" minLength={10} maxLength={2000} prose required />
        <Field
          label={t("readings.ends")}
          hint={t("readings.endsHint", { days: longestDays })}
          name="ends"
          type="date"
          min={date(1)}
          max={date(longestDays)}
          defaultValue={date(1)}
          required
        />
        <Check
          label={t("readings.delay")}
          checked={delayed}
          onChange={(event) => setDelayed(event.target.checked)}
          disabled={longestDelay === 0}
        />
        {delayed && (
          <>
            <ChoiceField
              label={t("readings.ground")}
              name="ground"
              options={GROUNDS.map((one) => [one, t(`readings.grounds.${one}`)])}
            />
            <Field
              label={t("readings.until")}
              hint={t("readings.endsHint", { days: longestDelay })}
              name="until"
              type="date"
              min={date(1)}
              max={date(longestDelay)}
              required
            />
          </>
        )}
        {ask.error && <ErrorNotice error={ask.error} />}
        <DialogButtons>
          <Button onPress={onClose}>{t("shell.cancel")}</Button>
          <Button type="submit" look="primary" busy={ask.isPending}>
            {t("readings.send")}
          </Button>
        </DialogButtons>
      </form>
    </Dialog>
  );
}

/** A day from now, as date fields write it. */
function date(days: number): string {
  return new Date(Date.now() + days * DAY).toISOString().slice(0, 10);
}

function read(fields: Record<Names, string>, whole: boolean, delayed: boolean): NewReading {
  const reason = REASONS.find((one) => one === fields.reason) ?? "security_incident";
  const ground = GROUNDS.find((one) => one === fields.ground) ?? "judicial_order";
  return {
    email: fields.email,
    reason,
    words: fields.words,
    // Midnight that begins the last day: a date chosen within the bounds is within them whatever the hour.
    ends_at: `${fields.ends}T00:00:00Z`,
    ...(whole
      ? { from_at: `${fields.from}T00:00:00Z`, to_at: `${fields.to}T23:59:59Z` }
      : { conversation_id: fields.conversation }),
    ...(delayed ? { delay: { ground, until: `${fields.until}T00:00:00Z` } } : {}),
  };
}
