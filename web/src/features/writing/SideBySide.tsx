/** Sentences beside those they come from, as they are written; what is doubtful is marked with its reason. */
import { Check, CircleAlert, X } from "lucide-react";
import { useState } from "react";
import type { Work, WrittenSegment } from "#/api/types";
import { useDecideAll, useSegments } from "#/api/writing";
import { ErrorNotice } from "#/features/errors/ErrorNotice";
import { useTranslations } from "#/i18n";
import { Button } from "#/ui/Button";
import { classes } from "#/ui/classes";
import { Changed } from "./Changed";
import { leftOpen } from "./changes";
import desk from "./desk.module.css";
import { Sentence } from "./Sentence";
import { useReasonWords } from "./useReasonWords";
import sheet from "./writing.module.css";

const css = classes(desk, sheet);

export function SideBySide({ work }: { readonly work: Work }) {
  const t = useTranslations("writing");
  const [starts, setStarts] = useState<readonly number[]>([0]);
  const after = starts[starts.length - 1] ?? 0;
  const { data } = useSegments(work.id, work.done, after);
  if (!data || data.items.length === 0) return null;
  const following = data.next;
  return (
    <section className={css("section")} aria-labelledby="writing-beside">
      <h3 id="writing-beside" className={css("subtitle")}>
        {t(work.kind === "rewrite" ? "changes.title" : "beside")}
      </h3>
      {isOpenToChoice(work) && <p className={css("about")}>{t("clickToChange")}</p>}
      {work.kind === "rewrite" && work.state === "done" && <About work={work} items={data.items} />}
      <ol className={css("pairs")}>
        {data.items.map((segment) => (
          <SegmentShown key={segment.number} segment={segment} work={work} />
        ))}
      </ol>
      <div className={css("actions")}>
        {starts.length > 1 && <Button onPress={() => setStarts(starts.slice(0, -1))}>{t("previous")}</Button>}
        {following !== null && <Button onPress={() => setStarts([...starts, following])}>{t("next")}</Button>}
      </div>
    </section>
  );
}

/** What may be done with the changes of a rewriting, and one decision for all that is open. */
function About({ work, items }: { readonly work: Work; readonly items: readonly WrittenSegment[] }) {
  const t = useTranslations("writing.changes");
  const decide = useDecideAll(work.id);
  const left = items.some(({ pairs }) => pairs.some(({ changes }) => leftOpen(changes).length > 0));
  if (!work.is_open) return work.is_tracked ? <p className={css("about")}>{t("aboutElsewhere")}</p> : null;
  return (
    <>
      <p className={css("about")}>{t(work.is_tracked ? "aboutTracked" : work.is_file ? "aboutFile" : "about")}</p>
      {left && (
        <div className={css("actions")}>
          <Button icon={Check} busy={decide.isPending} onPress={() => decide.mutate("accepted")}>
            {t("acceptEvery")}
          </Button>
          <Button icon={X} busy={decide.isPending} onPress={() => decide.mutate("rejected")}>
            {t("rejectEvery")}
          </Button>
        </div>
      )}
      {decide.error && <ErrorNotice error={decide.error} />}
    </>
  );
}

/** A text that was translated: its sentences may be put otherwise. */
function isOpenToChoice({ kind, state, is_file: isFile }: Work): boolean {
  return kind === "translate" && state === "done" && !isFile;
}

interface SegmentShownProps {
  readonly segment: WrittenSegment;
  readonly work: Work;
}

function SegmentShown({ segment, work }: SegmentShownProps) {
  const reason = useReasonWords();
  const t = useTranslations("writing");
  const { number, pairs, reasons, state } = segment;
  const language = state === "kept" ? work.source : work.to;
  // What a sentence shows by itself is told beside it; the rest, under the segment.
  const told = pairs.length > 1 ? new Set(pairs.flatMap((pair) => pair.reasons)) : new Set<string>();
  const left = reasons.filter((one) => !told.has(one));
  return (
    <li id={`segment-${number}`} className={css("segment", reasons.length > 0 && "doubtful")}>
      {pairs.map((pair, place) =>
        pair.changes.length > 0 ? (
          // biome-ignore lint/suspicious/noArrayIndexKey: sentences of a segment are known by their place
          <div key={place} className={css(pair.reasons.length > 0 && pairs.length > 1 && "unsure")}>
            <Changed
              {...{ segment: number, place, language, changes: pair.changes }}
              workId={work.id}
              open={work.is_open}
            />
            {pairs.length > 1 && <Doubt words={pair.reasons.map(reason).join(" ")} />}
          </div>
        ) : (
          // biome-ignore lint/suspicious/noArrayIndexKey: sentences of a segment are known by their place
          <div key={place} className={css("pair")}>
            <p lang={work.source} className={css("source")}>
              {pair.source}
            </p>
            <div className={css(pair.reasons.length > 0 && pairs.length > 1 && "unsure")}>
              {isOpenToChoice(work) ? (
                <Sentence workId={work.id} segment={number} place={place} words={pair.written} language={language} />
              ) : (
                <p lang={language}>{pair.written}</p>
              )}
              {pairs.length > 1 && <Doubt words={pair.reasons.map(reason).join(" ")} />}
            </div>
          </div>
        ),
      )}
      {left.length > 0 && (
        <Doubt words={`${t(state === "kept" ? "asItWas" : "toCheck")} ${left.map(reason).join(" ")}`} />
      )}
    </li>
  );
}

function Doubt({ words }: { readonly words: string }) {
  if (words === "") return null;
  return (
    <p className={css("doubt")}>
      <CircleAlert aria-hidden="true" className={css("doubtIcon")} />
      <span>{words}</span>
    </p>
  );
}
