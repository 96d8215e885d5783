/** A bar of verbs beside the words that a person selects in a conversation. */
import { type RefObject, useContext, useLayoutEffect, useRef, useState } from "react";
import { Toolbar } from "react-aria-components";
import { ConversationContext } from "#/features/conversations/current";
import { useTranslations } from "#/i18n";
import { Button } from "#/ui/Button";
import { classes } from "#/ui/classes";
import { LazyResult } from "./LazyResult";
import type { Chosen } from "./passage";
import { useChosenPassage } from "./useChosenPassage";
import { VERBS, type Verb } from "./verbs";
import sheet from "./verbs.module.css";

const css = classes(sheet);
const GAP = 8;

export function SelectionVerbs({ within }: { readonly within: RefObject<Element | null> }) {
  const conversationId = useContext(ConversationContext);
  const bar = useRef<HTMLDivElement>(null);
  const [asked, setAsked] = useState<{ readonly verb: Verb; readonly chosen: Chosen } | null>(null);
  const found = useChosenPassage(within, bar);
  const chosen = asked?.chosen ?? found;
  if (!chosen) return null;
  return (
    <>
      <Bar bar={bar} chosen={chosen} onVerb={(verb) => setAsked({ verb, chosen })} />
      {asked && (
        <LazyResult
          anchor={bar}
          verb={asked.verb}
          text={asked.chosen.text}
          conversationId={conversationId}
          onClose={() => setAsked(null)}
        />
      )}
    </>
  );
}

interface BarProps {
  readonly bar: RefObject<HTMLDivElement | null>;
  readonly chosen: Chosen;
  readonly onVerb: (verb: Verb) => void;
}

function Bar({ bar, chosen: { box }, onVerb }: BarProps) {
  const t = useTranslations("verbs");
  useLayoutEffect(() => {
    const element = bar.current;
    if (element) place(element, box);
  }, [bar, box]);
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: pressing the bar must not undo the selection, nothing more.
    <div ref={bar} className={css("bar")} onMouseDown={(event) => event.preventDefault()}>
      <Toolbar aria-label={t("toolbar")} className={css("verbs")}>
        {VERBS.map((verb) => (
          <Button key={verb} small look="quiet" onPress={() => onVerb(verb)}>
            {t(`names.${verb}`)}
          </Button>
        ))}
      </Toolbar>
    </div>
  );
}

/** Under the words, where a telephone's own menu is not; over them when there is no room. */
function place(bar: HTMLElement, box: DOMRect): void {
  const { offsetWidth: width, offsetHeight: height } = bar;
  const below = box.bottom + GAP;
  const above = Math.max(GAP, box.top - GAP - height);
  const middle = box.left + box.width / 2 - width / 2;
  bar.style.top = `${below + height < window.innerHeight - GAP ? below : above}px`;
  bar.style.left = `${Math.max(GAP, Math.min(middle, window.innerWidth - width - GAP))}px`;
}
