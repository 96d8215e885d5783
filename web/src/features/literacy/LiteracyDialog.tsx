/** The short path on using a model well, one step at a time; its end is counted once from this device, for nobody named. */
import { ArrowLeft, ArrowRight, Check } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { useCompleteLiteracy } from "#/api/literacy";
import { usePerson } from "#/api/sessions";
import { ErrorNotice } from "#/features/errors/ErrorNotice";
import { useFormatter, useTranslations } from "#/i18n";
import { Button } from "#/ui/Button";
import { classes } from "#/ui/classes";
import { Dialog, DialogButtons } from "#/ui/Dialog";
import { useLive } from "#/ui/Live";
import { Notice } from "#/ui/Notice";
import { finish, finishedOn } from "./finished";
import sheet from "./literacy.module.css";

const css = classes(sheet);
export const STEPS = ["model", "errors", "pasting", "citations", "persons", "asking"] as const;

export default function LiteracyDialog({ onClose }: { readonly onClose: () => void }) {
  const t = useTranslations("literacy");
  const close = useTranslations("shell")("close");
  const format = useFormatter();
  const { toast } = useLive();
  const person = usePerson();
  const complete = useCompleteLiteracy();
  const [at, setAt] = useState(0);
  const [before] = useState(() => finishedOn(person.id));
  const heading = useRef<HTMLHeadingElement>(null);
  const step = STEPS[at] ?? "model";
  const isLast = at === STEPS.length - 1;
  // biome-ignore lint/correctness/useExhaustiveDependencies: each step is read from its title.
  useEffect(() => heading.current?.focus(), [at]);
  const end = () =>
    complete.mutate(undefined, {
      onSuccess: () => {
        finish(person.id, new Date().toISOString().slice(0, 10));
        toast({ words: t("counted") });
        onClose();
      },
    });
  return (
    <Dialog isOpen onClose={onClose} title={t("title")} closeLabel={close}>
      <div className={css("path")}>
        <p className={css("about")}>{t("step", { at: at + 1, all: STEPS.length })}</p>
        <h3 ref={heading} tabIndex={-1} className={css("title")}>
          {t(`steps.${step}.title`)}
        </h3>
        <p>{t(`steps.${step}.first`)}</p>
        <p>{t(`steps.${step}.second`)}</p>
        <p className={css("do")}>{t(`steps.${step}.do`)}</p>
        {isLast && (
          <Notice>
            <p>
              {before === null
                ? t("howCounted")
                : t("alreadyCounted", {
                    day: format.dateTime(new Date(before), { dateStyle: "long", timeZone: "UTC" }),
                  })}
            </p>
          </Notice>
        )}
        {complete.error && <ErrorNotice error={complete.error} />}
        <DialogButtons>
          {at > 0 && (
            <Button icon={ArrowLeft} onPress={() => setAt(at - 1)}>
              {t("previous")}
            </Button>
          )}
          {isLast ? (
            <Button
              look="primary"
              icon={Check}
              busy={complete.isPending}
              onPress={() => (before === null ? end() : onClose())}
            >
              {t(before === null ? "finish" : "close")}
            </Button>
          ) : (
            <Button look="primary" icon={ArrowRight} onPress={() => setAt(at + 1)}>
              {t("next")}
            </Button>
          )}
        </DialogButtons>
      </div>
    </Dialog>
  );
}
