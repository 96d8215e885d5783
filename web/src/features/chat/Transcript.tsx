/** The turns, one after the other, in a column that follows the text only while the reader is at its end. */
import { ArrowDown } from "lucide-react";
import { useEffect, useRef } from "react";
import { SelectionVerbs } from "#/features/verbs/SelectionVerbs";
import { useTranslations } from "#/i18n";
import { Button } from "#/ui/Button";
import { classes } from "#/ui/classes";
import { NearContext, useNearWatch } from "./near";
import type { ShownTurn } from "./shownTurns";
import sheet from "./Transcript.module.css";
import { type TurnActions, TurnArticle } from "./TurnArticle";
import { useFollow } from "./useFollow";

const css = classes(sheet);
const RECENT = 4;

interface TranscriptProps {
  readonly turns: readonly ShownTurn[];
  readonly editing: string | null;
  readonly locked: boolean;
  readonly actions: TurnActions;
}

export function Transcript({ turns, editing, locked, actions }: TranscriptProps) {
  const t = useTranslations("chat");
  const scroller = useRef<HTMLElement>(null);
  const content = useRef<HTMLDivElement>(null);
  const { atEnd, toEnd } = useFollow(scroller, content);
  const watch = useNearWatch(scroller);
  const asked = turns.at(-1)?.phase === "sending";
  useEffect(() => {
    if (asked) toEnd();
  }, [asked, toEnd]);
  return (
    <div className={css("frame")}>
      <section ref={scroller} className={css("scroller")} aria-label={t("conversation")}>
        <div ref={content} className={css("column")}>
          <NearContext value={watch}>
            {turns.map((turn, index) => (
              <TurnArticle
                key={turn.key}
                turn={turn}
                number={index + 1}
                recent={index >= turns.length - RECENT}
                editing={editing === turn.key}
                locked={locked}
                actions={actions}
              />
            ))}
          </NearContext>
        </div>
        <SelectionVerbs within={content} />
      </section>
      {!atEnd && (
        <div className={css("jump")}>
          <Button small icon={ArrowDown} onPress={toEnd}>
            {t("toEnd")}
          </Button>
        </div>
      )}
    </div>
  );
}
