/** For curators: what a question finds in a base, in what order and why; and what an answer would leave out. */
import { Search } from "lucide-react";
import { useState } from "react";
import { useTryQuestion } from "#/api/collections";
import type { SearchedPassage, SearchOutcome } from "#/api/types";
import { ErrorNotice } from "#/features/errors/ErrorNotice";
import { useFormatter, useTranslations } from "#/i18n";
import { Button } from "#/ui/Button";
import { classes } from "#/ui/classes";
import { Dialog, DialogButtons } from "#/ui/Dialog";
import { Field } from "#/ui/Field";
import sheet from "./try.module.css";

const css = classes(sheet);

interface TryDialogProps {
  readonly collectionId: string;
  readonly onClose: () => void;
}

export function TryDialog({ collectionId, onClose }: TryDialogProps) {
  const t = useTranslations("collections.try");
  const shell = useTranslations("shell");
  const [question, setQuestion] = useState("");
  const { mutate, data, error, isPending } = useTryQuestion(collectionId);
  return (
    <Dialog isOpen wide onClose={onClose} title={t("title")} closeLabel={shell("close")}>
      <p className={css("about")}>{t("words")}</p>
      <form
        className={css("form")}
        onSubmit={(event) => {
          event.preventDefault();
          if (question.trim() !== "") mutate(question);
        }}
      >
        <Field label={t("question")} value={question} onChange={(event) => setQuestion(event.target.value)} autoFocus />
        <Button type="submit" look="primary" icon={Search} busy={isPending}>
          {t("ask")}
        </Button>
      </form>
      {error && <ErrorNotice error={error} />}
      <div aria-live="polite">{data && <Outcome outcome={data} />}</div>
      <DialogButtons>
        <Button onPress={onClose}>{shell("close")}</Button>
      </DialogButtons>
    </Dialog>
  );
}

function Outcome({ outcome }: { readonly outcome: SearchOutcome }) {
  const t = useTranslations("collections.try");
  return (
    <>
      <p className={css("verdict")}>
        {outcome.fits ? t("fits") : t("nothing")} {outcome.lexical_only && t("lexicalOnly")}{" "}
        {outcome.reranked_by !== null && t("reranked", { model: outcome.reranked_by })}
        {outcome.rerank_error !== null &&
          t(outcome.rerank_error === "no_model_cleared" ? "rerankNotCleared" : "notReranked")}
      </p>
      <ol className={css("passages")}>
        {outcome.items.map((one) => (
          <li key={`${one.file_id} ${one.start}`}>
            <Passage passage={one} />
          </li>
        ))}
      </ol>
    </>
  );
}

function Passage({ passage }: { readonly passage: SearchedPassage }) {
  const t = useTranslations("collections.try");
  const { number } = useFormatter();
  const figure = (value: number) => number(value, { maximumFractionDigits: 2 });
  const reasons = [
    t("score", { value: figure(passage.score) }),
    t("lexical", { value: figure(passage.lexical + passage.proximity) }),
    passage.cosine === null ? t("noVector") : t("cosine", { value: figure(passage.cosine) }),
    t("weight", { value: number(passage.weight, { style: "percent" }) }),
    ...(passage.relevance === null ? [] : [t("relevance", { value: figure(passage.relevance) })]),
  ];
  return (
    <>
      <p className={css("name")}>
        <strong>{passage.name}</strong>
        {passage.page !== null && <span> · {t("page", { page: passage.page })}</span>}
        {!passage.fits && <span className={css("left")}> · {t("left")}</span>}
      </p>
      <blockquote className={css("text")}>{passage.text}</blockquote>
      <p className={css("reasons")}>{reasons.join(" · ")}</p>
      <p className={css("reasons")}>
        {passage.matched.length > 0 && t("matched", { terms: passage.matched.join(", ") })}{" "}
        {passage.missing.length > 0 && t("missing", { terms: passage.missing.join(", ") })}
      </p>
    </>
  );
}
