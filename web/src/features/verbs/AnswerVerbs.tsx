/** The verbs for a whole answer, or what is selected of it: what the bar beside a selection does, from the keyboard too. */
import { PenLine } from "lucide-react";
import { useContext, useRef, useState } from "react";
import { ConversationContext } from "#/features/conversations/current";
import { useTranslations } from "#/i18n";
import { IconButton } from "#/ui/Button";
import { Menu, MenuAction } from "#/ui/Menu";
import { LazyResult } from "./LazyResult";
import { chosenIn, wholeOf } from "./passage";
import { VERBS, type Verb } from "./verbs";

export function AnswerVerbs() {
  const t = useTranslations("verbs");
  const conversationId = useContext(ConversationContext);
  const anchor = useRef<HTMLSpanElement>(null);
  const [asked, setAsked] = useState<{ readonly verb: Verb; readonly text: string } | null>(null);
  const ask = (verb: Verb) => {
    const answer = anchor.current?.closest("article")?.querySelector("[data-passage=answer]");
    if (!answer) return;
    const text = chosenIn(answer, getSelection())?.text ?? wholeOf(answer);
    if (text !== "") setAsked({ verb, text });
  };
  return (
    <span ref={anchor}>
      <Menu label={t("menu")} trigger={<IconButton small label={t("menu")} icon={PenLine} />}>
        {VERBS.map((verb) => (
          <MenuAction key={verb} onAction={() => ask(verb)}>
            {t(`names.${verb}`)}
          </MenuAction>
        ))}
      </Menu>
      {asked && (
        <LazyResult anchor={anchor} {...asked} conversationId={conversationId} onClose={() => setAsked(null)} />
      )}
    </span>
  );
}
