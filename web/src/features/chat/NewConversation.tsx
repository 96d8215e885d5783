/** Before the first question: what can be asked, with three real examples, and who answers. */
import { type RefObject, useEffect, useRef, useState } from "react";
import { useReach } from "#/api/connection";
import { useCreateConversation } from "#/api/conversations";
import { useLevels, usePerson } from "#/api/sessions";
import type { Level } from "#/api/types";
import { useErrorToast } from "#/features/errors/useErrorToast";
import { DropTarget } from "#/features/given/DropTarget";
import { raisedBy, useGiven } from "#/features/given/useGiven";
import { useTakeFiles } from "#/features/given/useTakeFiles";
import { TemporaryCheck } from "#/features/privacy/TemporaryCheck";
import { isAsked, setAsked } from "#/features/pseudonyms/asked";
import { BEGINNING } from "#/features/pseudonyms/usePseudonyms";
import { sendTurn } from "#/features/turn/registry";
import { useTranslations } from "#/i18n";
import { classes } from "#/ui/classes";
import { nextTask } from "#/ui/nextTask";
import { Composer } from "./Composer";
import { NEW, readDraftLevel, writeDraftLevel } from "./drafts";
import { Examples } from "./Examples";
import sheet from "./NewConversation.module.css";
import { useAutosize } from "./useAutosize";
import { useDraft } from "./useDraft";
import { useFocusOnArrival } from "./useFocusOnArrival";
import { useSearches } from "./useSearches";

const css = classes(sheet);
interface NewConversationProps {
  readonly folderId: string | null;
  readonly onCreated: (id: string) => void;
}

export function NewConversation({ folderId, onCreated }: NewConversationProps) {
  const t = useTranslations("chat");
  const person = usePerson();
  const draft = useDraft(person.id, NEW);
  const { default_level } = useLevels();
  const [chosen, setLevel] = useDraftLevel(person.id);
  const given = useGiven(person.id, NEW);
  const [temporary, setTemporary] = useState(false);
  const searches = useSearches(draft.text, null, given);
  const take = useTakeFiles(given);
  const level = chosen ?? default_level;
  const field = useRef<HTMLTextAreaElement>(null);
  const create = useCreateConversation();
  // Told once for the whole page, above.
  const { reach } = useReach();
  useAutosize(field, draft.text);
  useFocusOnArrival(field);
  const tell = useErrorToast();
  const here = useHere();
  // Whoever has gone elsewhere meanwhile stays there; their question leaves all the same.
  const begin = useBeginning(
    { folder_id: folderId, level: raisedBy(given, level), ...(temporary && { temporary }) },
    create,
  );
  const send = (text: string, model: string) => {
    const asked = searches.toAsk();
    void begin().then(
      (id) => {
        setAsked(id, isAsked(BEGINNING));
        setAsked(BEGINNING, false);
        sendTurn(id, { text, model, parentTurnId: null, ...given.toGive(), ...asked });
        // The question has left: its screen is drawn apart, before this one would be drawn empty.
        void nextTask().then(() => {
          if (here.current) onCreated(id);
          draft.clear();
          given.release(id);
          writeDraftLevel(person.id, null);
        });
      },
      (error: unknown) => here.current || tell(error),
    );
  };
  return (
    <DropTarget onFiles={take}>
      <div className={css("page")}>
        <div className={css("scroller")}>
          <div className={css("opening")}>
            <h1 className={css("hello")}>{t("hello", { name: firstName(person.name) })}</h1>
            <p className={css("intro")}>{t("intro")}</p>
            <Examples withFiles={given.uploads.length > 0} draft={draft} field={field} />
            <TemporaryCheck checked={temporary} onChange={setTemporary} />
          </div>
        </div>
        <Composer
          ref={field}
          draft={draft}
          conversationId={null}
          conversation={begin}
          given={given}
          searches={searches}
          level={level}
          onLevel={setLevel}
          onSend={send}
          sending={create.isPending}
          error={reach === "reachable" ? create.error : null}
        />
      </div>
    </DropTarget>
  );
}

/** Makes the conversation once for what it is to be: what was looked at before it left leaves in the same one. */
function useBeginning(
  wanted: Parameters<ReturnType<typeof useCreateConversation>["mutateAsync"]>[0],
  { mutateAsync }: ReturnType<typeof useCreateConversation>,
) {
  const made = useRef<{ readonly as: string; readonly id: string } | null>(null);
  return async (): Promise<string> => {
    const as = JSON.stringify(wanted);
    if (made.current?.as !== as) made.current = { as, id: (await mutateAsync(wanted)).id };
    return made.current.id;
  };
}

/** The level chosen for what is being written, kept with it. */
function useDraftLevel(personId: string): [Level | null, (level: Level) => void] {
  const [level, setLevel] = useState(() => readDraftLevel(personId));
  const choose = (next: Level) => {
    setLevel(next);
    writeDraftLevel(personId, next);
  };
  return [level, choose];
}

/** True while the screen is there. */
function useHere(): RefObject<boolean> {
  const here = useRef(false);
  useEffect(() => {
    here.current = true;
    return () => {
      here.current = false;
    };
  }, []);
  return here;
}

function firstName(name: string): string {
  return name.trim().split(/\s+/)[0] ?? name;
}
