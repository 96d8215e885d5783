/** What can be asked, by three real examples: of anything, or of the files that were just given. */
import { BookOpenText, FileSearch, ListChecks, Mail, ScrollText } from "lucide-react";
import type { RefObject } from "react";
import { useTranslations } from "#/i18n";
import { classes } from "#/ui/classes";
import { useLive } from "#/ui/Live";
import sheet from "./NewConversation.module.css";
import type { Draft } from "./useDraft";

const css = classes(sheet);
const OF_ANYTHING = [
  ["summary", ScrollText],
  ["mail", Mail],
  ["notion", BookOpenText],
] as const;
const OF_FILES = [
  ["filesSummary", ScrollText],
  ["filesSearch", FileSearch],
  ["filesDates", ListChecks],
] as const;
const UNDO_SECONDS = 15;

interface ExamplesProps {
  readonly withFiles: boolean;
  readonly draft: Draft;
  readonly field: RefObject<HTMLTextAreaElement | null>;
}

export function Examples({ withFiles, draft, field }: ExamplesProps) {
  const t = useTranslations("chat");
  const choose = useExample(draft, field);
  return (
    <section aria-label={t(withFiles ? "filesExamples" : "examples")}>
      <ul className={css("examples")}>
        {(withFiles ? OF_FILES : OF_ANYTHING).map(([name, Icon]) => (
          <li key={name}>
            <button type="button" className={css("example")} onClick={() => choose(t(`${name}.words`))}>
              <Icon aria-hidden="true" className={css("icon")} />
              <span>
                <strong className={css("exampleTitle")}>{t(`${name}.title`)}</strong>
                <span className={css("exampleWords")}>{t(`${name}.words`)}</span>
              </span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** Writes an example in the field; a text it replaces can be put back. */
function useExample(draft: Draft, field: RefObject<HTMLTextAreaElement | null>): (words: string) => void {
  const t = useTranslations();
  const { toast } = useLive();
  return (words) => {
    const before = draft.text;
    draft.setText(words);
    field.current?.focus();
    const isOne = [...OF_ANYTHING, ...OF_FILES].some(([name]) => t(`chat.${name}.words`) === before);
    if (before.trim() === "" || isOne) return;
    const undo = { name: t("conversations.undo"), run: () => draft.setText(before) };
    toast({ words: t("chat.exampleReplaced"), action: undo, lasts: UNDO_SECONDS });
  };
}
