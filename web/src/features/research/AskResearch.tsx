/** What is looked into, and where: nothing leaves from here, a plan is proposed first. */
import { useNavigate } from "@tanstack/react-router";
import { type FormEvent, useState } from "react";
import { useAskResearch, useResearchOffer } from "#/api/research";
import { useLevels } from "#/api/sessions";
import type { NewResearch, ResearchWhere } from "#/api/types";
import { ErrorNotice } from "#/features/errors/ErrorNotice";
import { isAtMost } from "#/features/inference/choice";
import { useDeclaredLevels } from "#/features/inference/useDeclaredLevels";
import { useTranslations } from "#/i18n";
import { Button } from "#/ui/Button";
import { classes } from "#/ui/classes";
import { ChoiceField, LinesField } from "#/ui/Field";
import { BaseChoice } from "./BaseChoice";
import { isOffered } from "./draft";
import sheet from "./research.module.css";
import { SourceChoice } from "./SourceChoice";

const css = classes(sheet);

export function AskResearch() {
  const t = useTranslations("research");
  const levels = useTranslations("models.levels");
  const { highest_level: highest } = useLevels();
  const declared = useDeclaredLevels();
  const navigate = useNavigate();
  const { data: offer, error, refetch } = useResearchOffer();
  const ask = useAskResearch();
  const [question, setQuestion] = useState("");
  const [chosenLevel, setLevel] = useState<NewResearch["level"]>(null);
  const [where, setWhere] = useState<readonly ResearchWhere[]>(["web"]);
  const [official, setOfficial] = useState(false);
  const [bases, setBases] = useState<readonly string[]>([]);
  if (error) return <ErrorNotice error={error} onRetry={() => void refetch()} />;
  if (!offer) return null;
  const level = chosenLevel ?? offer.default_level;
  const wanted = where.filter((one) => isOffered(offer, one, level));
  const why = whyNot(question, wanted, bases);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (why !== null) return;
    const body: NewResearch = {
      question: question.trim(),
      where: [...wanted],
      tiers: wanted.includes("web") && official ? ["official"] : [],
      collections: wanted.includes("bases") ? [...bases] : [],
      level,
      model: null,
    };
    ask.mutate(body, {
      onSuccess: ({ id }) => void navigate({ to: "/recherche-approfondie/$researchId", params: { researchId: id } }),
    });
  };
  return (
    <form className={css("section")} onSubmit={submit} aria-labelledby="research-ask">
      <h2 id="research-ask" className={css("title")}>
        {t("ask")}
      </h2>
      <p className={css("about")}>{t("about")}</p>
      <LinesField
        label={t("question")}
        prose
        rows={3}
        maxLength={4_000}
        value={question}
        onChange={({ target }) => setQuestion(target.value)}
      />
      <ChoiceField
        label={t("level")}
        value={level}
        onChange={({ target }) => setLevel(target.value as NewResearch["level"])}
        options={declared.filter((one) => isAtMost(one, highest)).map((one) => [one, levels(one)] as const)}
      />
      <SourceChoice
        offer={offer}
        level={level}
        where={where}
        onChange={setWhere}
        official={official}
        onOfficial={setOfficial}
      />
      {wanted.includes("bases") && <BaseChoice chosen={bases} onChange={setBases} />}
      {ask.error && <ErrorNotice error={ask.error} />}
      <div className={css("actions")}>
        <Button look="primary" type="submit" busy={ask.isPending} why={why === null ? null : t(`lacks.${why}`)}>
          {t("go")}
        </Button>
      </div>
    </form>
  );
}

function whyNot(question: string, wanted: readonly ResearchWhere[], bases: readonly string[]) {
  if (question.trim().length < 2) return "question";
  if (wanted.length === 0) return "sources";
  return wanted.includes("bases") && bases.length === 0 ? "bases" : null;
}
