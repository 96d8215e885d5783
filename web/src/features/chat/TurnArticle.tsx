/** One turn: the question, then the answer as a text, how it ended, and what may be done with it. */
import { memo, useCallback, useId, useMemo, useRef } from "react";
import type { Notice } from "#/api/types";
import { searchedWorks, WORK_NOTICES, workSources } from "#/features/publications/workSources";
import { ContestButton } from "#/features/reports/ContestButton";
import { isToldBySafeguard } from "#/features/reports/safeguards";
import { groupSources, SOURCE_NOTICES } from "#/features/sources/grouped";
import { useOpenSource } from "#/features/sources/opening";
import { Sources } from "#/features/sources/Sources";
import { useFindings } from "#/features/sources/useFindings";
import { useSourceNames } from "#/features/sources/useSourceNames";
import { useKnownPages } from "#/features/web/webPages";
import { searchedWeb, WEB_NOTICES, webSources } from "#/features/web/webSources";
import { useTranslations } from "#/i18n";
import { classes } from "#/ui/classes";
import { AnswerFooter } from "./AnswerFooter";
import { AnswerText, PlainText } from "./AnswerText";
import { Citations } from "./Citations";
import { useNear } from "./near";
import { PlainQuestion, Question } from "./Question";
import { StatusLine } from "./StatusLine";
import type { ShownTurn } from "./shownTurns";
import { TurnOutcome } from "./TurnOutcome";
import sheet from "./turn.module.css";

const css = classes(sheet);

/** What a person may do with a turn; stable functions, so that only the turn that changes is drawn again. */
export interface TurnActions {
  readonly edit: (key: string | null) => void;
  readonly ask: (turn: ShownTurn, text: string) => void;
  readonly retry: (turn: ShownTurn) => void;
  /** Again, with its names replaced before it leaves. */
  readonly retryReplaced: (turn: ShownTurn) => void;
  readonly choose: (turnId: string) => void;
}

interface TurnArticleProps {
  readonly turn: ShownTurn;
  readonly number: number;
  /** Among the last turns: what is on screen when the conversation opens. */
  readonly recent: boolean;
  readonly editing: boolean;
  /** Another answer is being written: nothing that would start or move a branch. */
  readonly locked: boolean;
  readonly actions: TurnActions;
}

export const TurnArticle = memo(function TurnArticle(props: TurnArticleProps) {
  const { turn, number, recent, editing, locked, actions } = props;
  const t = useTranslations("chat");
  const id = useId();
  const ref = useRef<HTMLElement>(null);
  const near = useNear(ref, recent);
  const running = turn.state === "running";
  return (
    <article ref={ref} className={css("turn", running && "live")} aria-labelledby={`${id}-q`}>
      <h2 id={`${id}-q`} className="visuallyHidden">
        {t("question", { number })}
      </h2>
      {near ? (
        <Question
          turn={turn}
          locked={locked}
          editing={editing}
          onEdit={(on) => actions.edit(on ? turn.key : null)}
          onSend={(text) => actions.ask(turn, text)}
          onChoose={actions.choose}
        />
      ) : (
        <PlainQuestion text={turn.question} />
      )}
      <section className={css("answer")} aria-labelledby={`${id}-a`}>
        <h2 id={`${id}-a`} className="visuallyHidden">
          {t("answer", { number })}
        </h2>
        {near ? <Answered turn={turn} locked={locked} actions={actions} /> : <PlainText text={turn.answer} />}
      </section>
    </article>
  );
});

function Answered({ turn, locked, actions }: Pick<TurnArticleProps, "turn" | "locked" | "actions">) {
  const running = turn.state === "running";
  const retry = () => actions.retry(turn);
  return (
    <>
      {turn.notices
        .filter(({ code }) => !SOURCE_NOTICES.has(code) && !WEB_NOTICES.has(code) && !WORK_NOTICES.has(code))
        .map((notice) => (
          <p key={notice.code} className={css("notice")}>
            <NoticeWords notice={notice} />
            {isToldBySafeguard(notice.code) && <ContestButton about={notice.code} turnId={turn.id} />}
          </p>
        ))}
      <AnswerWithSources turn={turn} />
      {turn.citations.length > 0 && <Citations citations={turn.citations} />}
      <TurnOutcome turn={turn} locked={locked} onRetry={retry} onReplace={() => actions.retryReplaced(turn)} />
      {running ? (
        <StatusLine turn={turn} />
      ) : (
        <AnswerFooter
          turn={turn}
          locked={locked}
          onRetry={retry}
          onChoose={actions.choose}
          onCopy={(as) => copyAs(as, turn.answer)}
        />
      )}
    </>
  );
}

/** The text with its numbers, and under it, once it is whole, what it rests on. */
function AnswerWithSources({ turn }: Pick<TurnArticleProps, "turn">) {
  const { key, answer, state, checks, notices, attachments } = turn;
  const open = useOpenSource();
  const files = groupSources(notices, checks ?? []).files.map(({ fileId }) => fileId);
  const names = useSourceNames(files, attachments);
  const kept = [...webSources(notices, checks ?? []).pages, ...workSources(notices, checks ?? []).works];
  const pages = useKnownPages(kept.map(({ pageId }) => pageId));
  const findings = useFindings(checks, names, pages);
  // What was not read may not pass for a source of an answer that rests on the web, or on publications.
  const asked = turn.web !== null || turn.publications !== null;
  const fromWeb = asked || searchedWeb(notices) || searchedWorks(notices);
  const links = useMemo(
    () => (fromWeb ? new Set([...pages.values()].map(({ address }) => address)) : null),
    [fromWeb, pages],
  );
  const cite = useCallback(
    (index: number, from: HTMLElement) => open({ turnKey: key, index, fileId: null }, from),
    [open, key],
  );
  return (
    <>
      {answer !== "" && (
        <AnswerText text={answer} streaming={state === "running"} findings={findings} links={links} onCite={cite} />
      )}
      {state !== "running" && (
        <Sources turnKey={key} turnId={turn.id} notices={notices} checks={checks ?? []} names={names} pages={pages} />
      )}
    </>
  );
}

function NoticeWords({ notice }: { readonly notice: Notice }) {
  const t = useTranslations("chat.notices");
  if (notice.code === "source_seen") return t(notice.code, { pictures: Number(notice.params["pictures"]) });
  if (notice.code === "answer_screened") return t(notice.code, { masked: Number(notice.params["masked"]) });
  if (notice.code === "names_replaced") return t(notice.code, { replaced: Number(notice.params["replaced"]) });
  if (notice.code !== "source_read") return t(notice.code);
  return t(notice.code, { shown: Number(notice.params["shown"]), total: Number(notice.params["total"]) });
}

async function copyAs(as: "rich" | "markdown", text: string): Promise<boolean> {
  const { copyAnswer, copyMarkdown } = await import("#/features/answer");
  return as === "markdown" ? copyMarkdown(text) : copyAnswer(text);
}
