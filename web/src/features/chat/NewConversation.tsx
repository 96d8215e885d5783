/** Before the first question: what can be asked, with three real examples, and who answers. */
import { BookOpenText, Mail, ScrollText } from "lucide-react";
import { useRef, useState } from "react";
import { useReach } from "#/api/connection";
import { useCreateConversation } from "#/api/conversations";
import { usePerson } from "#/api/sessions";
import type { Level } from "#/api/types";
import { sendTurn } from "#/features/turn/registry";
import { useTranslations } from "#/i18n";
import { classes } from "#/ui/classes";
import { Composer } from "./Composer";
import sheet from "./NewConversation.module.css";
import { useAutosize } from "./useAutosize";
import { useDraft } from "./useDraft";
import { useFocusOnArrival } from "./useFocusOnArrival";

const css = classes(sheet);
const EXAMPLES = [
  ["summary", ScrollText],
  ["mail", Mail],
  ["notion", BookOpenText],
] as const;

interface NewConversationProps {
  readonly folderId: string | null;
  readonly onCreated: (id: string) => void;
}

export function NewConversation({ folderId, onCreated }: NewConversationProps) {
  const t = useTranslations("chat");
  const person = usePerson();
  const draft = useDraft(person.id, "new");
  const [level, setLevel] = useState<Level>("internal");
  const field = useRef<HTMLTextAreaElement>(null);
  const create = useCreateConversation();
  // Told once for the whole page, above.
  const { reach } = useReach();
  useAutosize(field, draft.text);
  useFocusOnArrival(field);
  const send = (text: string, model: string) =>
    create.mutate(
      { folder_id: folderId, level },
      {
        onSuccess: ({ id }) => {
          sendTurn(id, { text, model, parentTurnId: null });
          onCreated(id);
        },
        onError: () => draft.setText(text),
      },
    );
  const tryExample = (words: string) => {
    draft.setText(words);
    field.current?.focus();
  };
  return (
    <div className={css("page")}>
      <div className={css("scroller")}>
        <div className={css("opening")}>
          <h1 className={css("hello")}>{t("hello", { name: firstName(person.name) })}</h1>
          <p className={css("intro")}>{t("intro")}</p>
          <section aria-label={t("examples")}>
            <ul className={css("examples")}>
              {EXAMPLES.map(([name, Icon]) => (
                <li key={name}>
                  <button type="button" className={css("example")} onClick={() => tryExample(t(`${name}.words`))}>
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
        </div>
      </div>
      <Composer
        ref={field}
        draft={draft}
        level={level}
        onLevel={setLevel}
        onSend={send}
        error={reach === "reachable" ? create.error : null}
      />
    </div>
  );
}

function firstName(name: string): string {
  return name.trim().split(/\s+/)[0] ?? name;
}
