/** A question: quiet, to the right; it can be copied, and edited into another branch. */
import { Copy, Pencil } from "lucide-react";
import { useRef, useState } from "react";
import { GivenWith } from "#/features/sources/GivenWith";
import { useTranslations } from "#/i18n";
import { Button, IconButton } from "#/ui/Button";
import { classes } from "#/ui/classes";
import { useLive } from "#/ui/Live";
import type { ShownTurn } from "./shownTurns";
import sheet from "./turn.module.css";
import { useAutosize } from "./useAutosize";
import { VersionSwitcher } from "./VersionSwitcher";

const css = classes(sheet);
const LONG = 1200;

interface QuestionProps {
  readonly turn: ShownTurn;
  readonly locked: boolean;
  readonly editing: boolean;
  readonly onEdit: (editing: boolean) => void;
  readonly onSend: (text: string) => void;
  readonly onChoose: (turnId: string) => void;
}

export function Question({ turn, locked, editing, onEdit, onSend, onChoose }: QuestionProps) {
  const t = useTranslations("chat");
  const { toast, announce } = useLive();
  const [whole, setWhole] = useState(false);
  const long = turn.question.length > LONG;
  if (editing) {
    return <QuestionEditor text={turn.question} locked={locked} onCancel={() => onEdit(false)} onSend={onSend} />;
  }
  const copy = () =>
    navigator.clipboard.writeText(turn.question).then(
      () => announce(t("copied")),
      () => toast({ words: t("notCopied") }),
    );
  return (
    <div className={css("question")}>
      <div className={css("asked", long && !whole && "cut")} data-passage="question">
        {turn.question}
      </div>
      <GivenWith
        turnKey={turn.key}
        attachments={turn.attachments}
        collections={turn.collections}
        web={turn.web}
        publications={turn.publications}
      />
      <div className={css("questionActions")}>
        {long && (
          <Button small look="quiet" aria-expanded={whole} onPress={() => setWhole(!whole)}>
            {whole ? t("less") : t("whole")}
          </Button>
        )}
        <span className={css("onDemand")}>
          <IconButton small label={t("copyQuestion")} icon={Copy} onPress={() => void copy()} />
          <IconButton small label={t("edit")} icon={Pencil} isDisabled={locked} onPress={() => onEdit(true)} />
        </span>
        <VersionSwitcher of="Question" versions={turn.questions} disabled={locked} onChoose={onChoose} />
      </div>
    </div>
  );
}

/** A question far from what is on screen. */
export function PlainQuestion({ text }: { readonly text: string }) {
  return (
    <div className={css("question")}>
      <div className={css("asked", text.length > LONG && "cut")}>{text}</div>
      <div className={css("questionActions")} />
    </div>
  );
}

interface EditorProps {
  readonly text: string;
  readonly locked: boolean;
  readonly onCancel: () => void;
  readonly onSend: (text: string) => void;
}

function QuestionEditor({ text, locked, onCancel, onSend }: EditorProps) {
  const t = useTranslations();
  const [draft, setDraft] = useState(text);
  const area = useRef<HTMLTextAreaElement>(null);
  useAutosize(area, draft);
  const { toast } = useLive();
  const send = () => {
    if (draft.trim() === "") return;
    if (locked) toast({ words: t("errors.conversation_busy") });
    else onSend(draft.trim());
  };
  return (
    <form
      className={css("editor")}
      aria-label={t("chat.edit")}
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      <textarea
        ref={area}
        // biome-ignore lint/a11y/noAutofocus: the person has just asked to edit this text.
        autoFocus
        aria-label={t("chat.composer")}
        className={css("editorText")}
        value={draft}
        onChange={(event) => setDraft(event.target.value)}
        onFocus={(event) => event.target.setSelectionRange(draft.length, draft.length)}
        onKeyDown={(event) => {
          if (event.nativeEvent.isComposing) return;
          if (event.key === "Escape") onCancel();
          else if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) send();
          else return;
          event.preventDefault();
          event.stopPropagation();
        }}
      />
      <p className={css("editorHint")}>{t("chat.editHint")}</p>
      <div className={css("editorButtons")}>
        <Button small onPress={onCancel}>
          {t("shell.cancel")}
        </Button>
        <Button small look="primary" type="submit" isDisabled={draft.trim() === ""}>
          {t("chat.editSend")}
        </Button>
      </div>
    </form>
  );
}
