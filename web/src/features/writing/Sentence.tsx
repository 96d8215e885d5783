/** A sentence that was written: pressed, it shows others, and the one chosen takes its place. */
import { useRef, useState } from "react";
import { useAlternatives, useChooseWords } from "#/api/writing";
import { ErrorNotice } from "#/features/errors/ErrorNotice";
import { useTranslations } from "#/i18n";
import { Bubble } from "#/ui/Bubble";
import { Button } from "#/ui/Button";
import { classes } from "#/ui/classes";
import { useLive } from "#/ui/Live";
import sheet from "./sentence.module.css";

const css = classes(sheet);

interface SentenceProps {
  readonly workId: string;
  readonly segment: number;
  readonly place: number;
  readonly words: string;
  readonly language: string;
}

export function Sentence({ workId, segment, place, words, language }: SentenceProps) {
  const button = useRef<HTMLButtonElement>(null);
  const [open, setOpen] = useState(false);
  const t = useTranslations("writing");
  const ask = useAlternatives(workId, segment);
  return (
    <>
      <button
        ref={button}
        type="button"
        lang={language}
        className={css("sentence")}
        aria-haspopup="dialog"
        aria-expanded={open}
        onClick={() => {
          setOpen(true);
          ask.mutate(place);
        }}
      >
        {words}
      </button>
      {open && (
        <Bubble anchor={button} title={t("alternatives")} closeLabel={t("close")} onClose={() => setOpen(false)}>
          <output className={css("told")}>
            {ask.isPending && t("looking")}
            {ask.data?.items.length === 0 && t("noOther")}
          </output>
          {ask.error && <ErrorNotice error={ask.error} onRetry={() => ask.mutate(place)} />}
          <Offered
            {...{ workId, segment, place, language }}
            items={ask.data?.items ?? []}
            onDone={() => setOpen(false)}
          />
        </Bubble>
      )}
    </>
  );
}

interface OfferedProps extends Omit<SentenceProps, "words"> {
  readonly items: readonly string[];
  readonly onDone: () => void;
}

function Offered({ workId, segment, place, language, items, onDone }: OfferedProps) {
  const t = useTranslations("writing");
  const { toast } = useLive();
  const choose = useChooseWords(workId, segment);
  const done = () => {
    toast({ words: t("chosen") });
    onDone();
  };
  return (
    <>
      <ul className={css("offered")} lang={language}>
        {items.map((written) => (
          <li key={written}>
            <Button
              wide
              start
              look="quiet"
              isDisabled={choose.isPending}
              onPress={() => choose.mutate({ place, written }, { onSuccess: done })}
            >
              {written}
            </Button>
          </li>
        ))}
      </ul>
      {choose.error && <ErrorNotice error={choose.error} />}
    </>
  );
}
