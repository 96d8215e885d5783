/**
 * Where a question is written. Before it leaves, the label, the model and the place it goes to are said, and what the
 * rules do not allow is refused here, with the reason.
 */
import { ArrowUp, Square } from "lucide-react";
import { type FormEvent, type KeyboardEvent, memo, type Ref, useId } from "react";
import { useModels } from "#/api/models";
import type { Level } from "#/api/types";
import { CharterDemand, useCharterDemanded } from "#/features/charter/CharterDemand";
import { ErrorNotice } from "#/features/errors/ErrorNotice";
import { AddMenu } from "#/features/given/AddMenu";
import { FileChips, RaisedLevel } from "#/features/given/FileChips";
import type { Given } from "#/features/given/useGiven";
import { usePasted, useSpokenFiles, useTakeFiles } from "#/features/given/useTakeFiles";
import { AiNotice } from "#/features/inference/AiNotice";
import type { Categories } from "#/features/inference/choice";
import { LevelPicker } from "#/features/inference/LevelPicker";
import { ModelPicker } from "#/features/inference/ModelPicker";
import { setPreferences, usePreferences } from "#/features/preferences/preferences";
import { PseudonymToggle } from "#/features/pseudonyms/PseudonymToggle";
import { usePseudonyms } from "#/features/pseudonyms/usePseudonyms";
import { LowerButton } from "#/features/sensitivity/LowerButton";
import { Spotted } from "#/features/sensitivity/Spotted";
import { useLabel, useMarkingRefusal } from "#/features/sensitivity/useLabel";
import { useTranslations } from "#/i18n";
import { IconButton } from "#/ui/Button";
import { classes } from "#/ui/classes";
import sheet from "./Composer.module.css";
import { Obstacles, useChoice } from "./Obstacles";
import { SearchQueries, SearchSwitches } from "./Searches";
import type { Draft } from "./useDraft";
import { isStuck, useReason } from "./useReason";
import type { Searches } from "./useSearches";
import { useSending } from "./useSending";

const css = classes(sheet);

export const COMPOSER_ID = "composer";

interface ComposerProps {
  readonly draft: Draft;
  /** Null for a new one, made by `conversation` when something needs it. */
  readonly conversationId: string | null;
  readonly conversation: () => Promise<string>;
  /** What goes with the question. */
  readonly given: Given;
  /** The searches that go with it, when the person wants any. */
  readonly searches: Searches;
  readonly level: Level;
  /** The level the conversation already has; absent for a new one. */
  readonly floor?: Level;
  /** The categories it already has. */
  readonly categories?: Categories;
  readonly onLevel: (level: Level) => void;
  /** The text stays until whoever sends it clears the draft. */
  readonly onSend: (text: string, model: string) => void;
  /** The question is leaving: it cannot be changed any more. */
  readonly sending?: boolean;
  readonly running?: boolean;
  readonly stopping?: boolean;
  readonly onStop?: () => void;
  /** ↑ in the empty field. */
  readonly onEditLast?: () => void;
  /** Why the last question did not leave. */
  readonly error?: Error | null;
  readonly ref?: Ref<HTMLTextAreaElement>;
}

/** Not drawn again while an answer is written: nothing of it changes then. */
export const Composer = memo(function Composer(props: ComposerProps) {
  const {
    draft,
    conversationId,
    conversation,
    given,
    searches,
    level: own,
    floor,
    categories: held,
    onLevel,
    onSend,
    sending = false,
    running = false,
    stopping = false,
    onStop,
    onEditLast,
    error,
    ref,
  } = props;
  const t = useTranslations("chat");
  const { enterSends, model: wanted } = usePreferences();
  const models = useModels();
  const label = useLabel({ given, text: draft.text, level: own, floor, categories: held });
  const { level, categories } = label;
  const replacing = usePseudonyms(conversationId, own, label);
  const { leaving } = replacing;
  const take = useTakeFiles(given);
  const pasted = usePasted(given);
  useSpokenFiles(given);
  const { chosen, obstacle: lack } = useChoice(models, leaving.level, wanted, leaving.categories);
  const refusal = useMarkingRefusal(label);
  const obstacle = refusal ?? lack;
  const reason = useReason(obstacle, searches, level);
  const named = useId();
  const { waiting, send, hold } = useSending({
    text: draft.text,
    models,
    chosen,
    obstacle: reason,
    running,
    sending,
    leaving: given.leaving,
    failed: given.uploads.filter(({ phase }) => phase === "failed").length,
    onSend,
  });
  const charterFirst = useCharterDemanded();
  const status = useStatus({ waiting, sending, listing: models.isPending, leaving: given.leaving });
  const onKeyDown = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    if (event.nativeEvent.isComposing) return;
    if (event.key === "ArrowUp" && draft.text === "" && onEditLast) {
      event.preventDefault();
      onEditLast();
    }
    if (event.key === "Enter" && asksToSend(event, enterSends)) {
      event.preventDefault();
      send();
    }
    if (event.key === "Escape" && waiting) {
      event.preventDefault();
      hold();
    }
  };
  return (
    <div className={css("gutter")}>
      <div className={css("dock")}>
        {error && <ErrorNotice error={error} />}
        <Obstacles
          models={models}
          obstacle={obstacle}
          onModel={(id) => {
            setPreferences({ model: id });
            document.getElementById(COMPOSER_ID)?.focus();
          }}
        />
        {charterFirst && <CharterDemand />}
        <form
          hidden={charterFirst}
          className={css("composer")}
          aria-labelledby={named}
          onSubmit={(event: FormEvent) => {
            // The form of a dialog opened within is heard here too: it is not the question that is sent.
            if (event.target !== event.currentTarget) return;
            event.preventDefault();
            send();
          }}
        >
          <label id={named} htmlFor={COMPOSER_ID} className="visuallyHidden">
            {t("composer")}
          </label>
          <FileChips given={given} locked={sending} />
          {level !== own && <RaisedLevel given={given} level={level} />}
          <Spotted label={label} models={models.data} wanted={wanted} chosen={chosen} />
          <SearchQueries searches={searches} level={level} locked={sending} />
          <PseudonymToggle replacing={replacing} text={draft.text} model={chosen} conversation={conversation} />
          <textarea
            ref={ref}
            id={COMPOSER_ID}
            className={css("text")}
            value={draft.text}
            onChange={(event) => draft.setText(event.target.value)}
            onKeyDown={onKeyDown}
            onPaste={(event) => {
              const { files, types } = event.clipboardData;
              // A copied text often comes with its picture: the text is what is meant.
              if (files.length === 0 || types.includes("text/plain") || sending) return;
              event.preventDefault();
              take(pasted(files));
            }}
            readOnly={sending}
            placeholder={t("placeholder")}
            rows={1}
            enterKeyHint={enterSends ? "send" : "enter"}
          />
          <div className={css("row")}>
            <AddMenu given={given} onFiles={take} disabled={sending} />
            <SearchSwitches searches={searches} disabled={sending} />
            <LevelPicker
              level={level}
              categories={categories}
              floor={label.floor}
              models={models.data}
              onChange={onLevel}
            />
            <LowerButton conversationId={conversationId} level={own} categories={held} />
            <ModelPicker
              models={models.data ?? []}
              chosen={chosen}
              level={leaving.level}
              categories={leaving.categories}
              onChange={(id) => setPreferences({ model: id })}
            />
            <SendOrStop
              stops={running || waiting}
              label={running ? t("stop") : waiting ? t("hold") : t("send")}
              disabled={running ? stopping : !waiting && isStuck(draft.text, reason)}
              onStop={running ? onStop : hold}
            />
          </div>
        </form>
        <AiNotice model={chosen} status={status} />
      </div>
    </div>
  );
});

interface SendOrStopProps {
  readonly stops: boolean;
  readonly label: string;
  readonly disabled: boolean;
  readonly onStop: (() => void) | undefined;
}

function SendOrStop({ stops, label, disabled, onStop }: SendOrStopProps) {
  const { enterSends } = usePreferences();
  const shown = { look: "primary", label, isDisabled: disabled } as const;
  return (
    <span className={css("end", stops && "stop")}>
      {stops ? (
        <IconButton {...shown} shortcut="Esc" icon={Square} {...(onStop && { onPress: onStop })} />
      ) : (
        <IconButton {...shown} type="submit" shortcut={enterSends ? "↵" : "Ctrl ↵"} icon={ArrowUp} />
      )}
    </span>
  );
}

/** What is happening to the question, in words; null when there is nothing to say. */
function useStatus(now: Readonly<Record<"waiting" | "sending" | "listing" | "leaving", boolean>>) {
  const t = useTranslations();
  if (now.sending) return t("chat.steps.sending");
  if (now.waiting && now.leaving) return t("given.waiting");
  if (now.waiting) return t("chat.waiting");
  return now.listing ? t("models.listing") : null;
}

function asksToSend(event: KeyboardEvent, enterSends: boolean): boolean {
  if (event.ctrlKey || event.metaKey) return true;
  return enterSends && !event.shiftKey && !event.altKey;
}
