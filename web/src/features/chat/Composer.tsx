/**
 * Where a question is written. Before it leaves, the label, the model and the place it goes to are said, and what the
 * rules do not allow is refused here, with the reason.
 */
import { ArrowUp, Square } from "lucide-react";
import { type FormEvent, type KeyboardEvent, memo, type Ref, useId } from "react";
import { useModels } from "#/api/models";
import type { Level } from "#/api/types";
import { ErrorNotice } from "#/features/errors/ErrorNotice";
import { AiNotice } from "#/features/inference/AiNotice";
import { chooseModel } from "#/features/inference/choice";
import { LevelPicker } from "#/features/inference/LevelPicker";
import { ModelPicker } from "#/features/inference/ModelPicker";
import { setPreferences, usePreferences } from "#/features/preferences/preferences";
import { useTranslations } from "#/i18n";
import { IconButton } from "#/ui/Button";
import { classes } from "#/ui/classes";
import { Notice } from "#/ui/Notice";
import sheet from "./Composer.module.css";
import type { Draft } from "./useDraft";

const css = classes(sheet);

export const COMPOSER_ID = "composer";

interface ComposerProps {
  readonly draft: Draft;
  readonly level: Level;
  /** The level the conversation already has; absent for a new one. */
  readonly floor?: Level;
  readonly onLevel: (level: Level) => void;
  readonly onSend: (text: string, model: string) => void;
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
    level,
    floor,
    onLevel,
    onSend,
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
  const chosen = chooseModel(models.data ?? [], level, wanted);
  const label = useId();
  const empty = draft.text.trim() === "";
  const send = () => {
    if (empty || running || !chosen) return;
    onSend(draft.text.trim(), chosen.id);
    draft.clear();
  };
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
  };
  return (
    <div className={css("gutter")}>
      <div className={css("dock")}>
        {error && <ErrorNotice error={error} />}
        <Obstacles models={models} usable={chosen !== null} />
        <form
          className={css("composer")}
          aria-labelledby={label}
          onSubmit={(event: FormEvent) => {
            event.preventDefault();
            send();
          }}
        >
          <label id={label} htmlFor={COMPOSER_ID} className="visuallyHidden">
            {t("composer")}
          </label>
          <textarea
            ref={ref}
            id={COMPOSER_ID}
            className={css("text")}
            value={draft.text}
            onChange={(event) => draft.setText(event.target.value)}
            onKeyDown={onKeyDown}
            placeholder={t("placeholder")}
            rows={1}
            enterKeyHint={enterSends ? "send" : "enter"}
          />
          <div className={css("row")}>
            <LevelPicker level={level} floor={floor} models={models.data ?? []} onChange={onLevel} />
            <ModelPicker
              models={models.data ?? []}
              chosen={chosen}
              level={level}
              onChange={(id) => setPreferences({ model: id })}
            />
            <span className={css("end", running && "stop")}>
              {running ? (
                <IconButton
                  look="primary"
                  label={t("stop")}
                  shortcut="Esc"
                  icon={Square}
                  isDisabled={stopping}
                  {...(onStop && { onPress: onStop })}
                />
              ) : (
                <IconButton
                  type="submit"
                  look="primary"
                  label={t("send")}
                  shortcut={enterSends ? "↵" : "Ctrl ↵"}
                  icon={ArrowUp}
                  isDisabled={empty || !chosen}
                />
              )}
            </span>
          </div>
        </form>
        <AiNotice model={chosen} />
      </div>
    </div>
  );
});

/** What prevents any question from leaving, before it is written. */
function Obstacles({ models, usable }: { readonly models: ReturnType<typeof useModels>; readonly usable: boolean }) {
  const t = useTranslations("models");
  if (models.error && !models.data) return <ErrorNotice error={models.error} onRetry={() => void models.refetch()} />;
  if (usable || !models.data) return null;
  return <Notice meaning="caution">{models.data.length === 0 ? t("none") : t("noneUsable")}</Notice>;
}

function asksToSend(event: KeyboardEvent, enterSends: boolean): boolean {
  if (event.ctrlKey || event.metaKey) return true;
  return enterSends && !event.shiftKey && !event.altKey;
}
