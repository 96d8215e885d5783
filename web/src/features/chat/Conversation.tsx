/** A conversation: its turns and the composer that goes on. */
import { useEffect, useMemo, useRef, useState } from "react";
import { usePerson } from "#/api/sessions";
import type { Conversation as ConversationData } from "#/api/types";
import { ConversationContext } from "#/features/conversations/current";
import { DropTarget } from "#/features/given/DropTarget";
import { useGiven } from "#/features/given/useGiven";
import { useTakeFiles } from "#/features/given/useTakeFiles";
import { useChosenModel } from "#/features/inference/useChosenModel";
import { setAsked } from "#/features/pseudonyms/asked";
import { SourcePanel } from "#/features/sources/lateSourcePanel";
import { OpenSourceContext } from "#/features/sources/opening";
import { useSource } from "#/features/sources/useSource";
import { classes } from "#/ui/classes";
import { Composer } from "./Composer";
import sheet from "./Conversation.module.css";
import { Transcript } from "./Transcript";
import type { TurnActions } from "./TurnArticle";
import { useAutosize } from "./useAutosize";
import { useDraft } from "./useDraft";
import { useFocusOnArrival } from "./useFocusOnArrival";
import { useLevelChange } from "./useLevelChange";
import { useSearches } from "./useSearches";
import { useSpokenTurn } from "./useSpokenTurn";
import { useTurns } from "./useTurns";

const css = classes(sheet);

export function Conversation({ conversation }: { readonly conversation: ConversationData }) {
  const person = usePerson();
  const turns = useTurns(conversation);
  const model = useChosenModel(conversation.level, conversation.categories)?.id ?? null;
  const level = useLevelChange(conversation.id);
  const draft = useDraft(person.id, conversation.id);
  const given = useGiven(person.id, conversation.id);
  const searches = useSearches(draft.text, conversation.id, given);
  const take = useTakeFiles(given);
  const field = useRef<HTMLTextAreaElement>(null);
  const [editing, setEditing] = useState<string | null>(null);
  useAutosize(field, draft.text);
  useSpokenTurn(turns.live);
  useFocusOnArrival(field);
  useEscapeStops(turns.running, turns.stop);
  const actions = useStable<TurnActions>({
    edit: (key) => {
      setEditing(key);
      if (key === null) field.current?.focus();
    },
    ask: (turn, text) =>
      level.whenRecorded(() => {
        setEditing(null);
        turns.askInstead(turn, text, model);
        field.current?.focus();
      }),
    retry: (turn) => level.whenRecorded(() => turns.retry(turn, model)),
    retryReplaced: (turn) => {
      setAsked(conversation.id, true);
      level.whenRecorded(() => turns.retry(turn, String(turn.error?.params["model"] ?? model ?? "") || null));
    },
    choose: turns.choose,
  });
  const source = useSource();
  const opened = turns.shown.find(({ key }) => key === source.opened?.turnKey);
  const last = turns.shown.at(-1);
  const composing = useStable({
    conversation: () => Promise.resolve(conversation.id),
    setLevel: level.change,
    send: (text: string, model: string) =>
      level.whenRecorded(() => {
        turns.ask(text, model, { ...given.toGive(), ...searches.toAsk() });
        searches.release();
        draft.clear();
        given.release(conversation.id);
      }),
    editLast: () => last && setEditing(last.key),
  });
  return (
    <DropTarget onFiles={take}>
      <ConversationContext value={conversation.id}>
        <OpenSourceContext value={source.open}>
          <div className={css("beside", source.opened !== null && "withPanel")}>
            <div className={css("conversation")}>
              <Transcript turns={turns.shown} editing={editing} locked={turns.running} actions={actions} />
              <Composer
                ref={field}
                draft={draft}
                conversationId={conversation.id}
                conversation={composing.conversation}
                given={given}
                searches={searches}
                level={conversation.level}
                floor={conversation.level}
                categories={conversation.categories}
                onLevel={composing.setLevel}
                onSend={composing.send}
                sending={level.holding}
                running={turns.running}
                stopping={last?.stopping ?? false}
                onStop={turns.stop}
                {...(last && !turns.running && { onEditLast: composing.editLast })}
              />
            </div>
            {source.opened && (
              <SourcePanel
                opened={source.opened}
                checks={opened?.checks ?? []}
                attachments={opened?.attachments ?? []}
                onOpen={source.go}
                onClose={source.close}
              />
            )}
          </div>
        </OpenSourceContext>
      </ConversationContext>
    </DropTarget>
  );
}

function useEscapeStops(running: boolean, stop: () => void): void {
  useEffect(() => {
    if (!running) return;
    const onKey = (event: KeyboardEvent) => {
      if (event.key === "Escape" && !event.defaultPrevented) stop();
    };
    window.addEventListener("keydown", onKey);
    return () => window.removeEventListener("keydown", onKey);
  }, [running, stop]);
}

/** The same functions at each drawing, calling the latest ones: what gets them is not drawn again. */
function useStable<T extends object>(functions: T): T {
  const latest = useRef(functions);
  latest.current = functions;
  return useMemo(() => {
    const call = (name: string) => (latest.current as Readonly<Record<string, (...given: unknown[]) => unknown>>)[name];
    const names = Object.keys(latest.current);
    return Object.fromEntries(names.map((name) => [name, (...given: unknown[]) => call(name)?.(...given)])) as T;
  }, []);
}
