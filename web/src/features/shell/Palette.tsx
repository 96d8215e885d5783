/** Ctrl K: every action and every conversation, by a few letters. A combobox whose list stays open. */
import { useNavigate } from "@tanstack/react-router";
import { type KeyboardEvent, useId, useState } from "react";
import { useSearch } from "#/api/conversations";
import { useTranslations } from "#/i18n";
import { classes } from "#/ui/classes";
import { Dialog } from "#/ui/Dialog";
import { useSettled } from "#/ui/useSettled";
import { matching } from "./matching";
import sheet from "./Palette.module.css";
import { type Command, useCommands } from "./useCommands";

const css = classes(sheet);

export default function Palette({ onClose }: { readonly onClose: () => void }) {
  const t = useTranslations("shell");
  const list = useId();
  const [words, setWords] = useState("");
  const [index, setIndex] = useState(0);
  const choices = useChoices(words);
  const current = Math.min(index, choices.length - 1);
  const run = (command: Command | undefined) => {
    if (!command) return;
    onClose();
    command.run();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
    if (step !== 0) {
      event.preventDefault();
      setIndex((current + step + choices.length) % Math.max(choices.length, 1));
    }
    if (event.key === "Enter" && !event.nativeEvent.isComposing) {
      event.preventDefault();
      run(choices[current]);
    }
  };
  return (
    <Dialog isOpen onClose={onClose} title={t("palette")} closeLabel={t("close")} wide>
      <input
        autoFocus
        role="combobox"
        aria-expanded={choices.length > 0}
        aria-controls={list}
        aria-activedescendant={choices.length > 0 ? `${list}-${current}` : undefined}
        aria-label={t("commandPlaceholder")}
        placeholder={t("commandPlaceholder")}
        autoComplete="off"
        className={css("field")}
        value={words}
        onChange={(event) => {
          setWords(event.target.value);
          setIndex(0);
        }}
        onKeyDown={onKeyDown}
      />
      {choices.length === 0 && <p className={css("none")}>{t("commandNone", { words })}</p>}
      <div id={list} role="listbox" aria-label={t("commandResults")} className={css("list")}>
        {choices.map((command, at) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the field above has the focus and handles the keys.
          <div
            key={command.key}
            ref={at === current ? (element) => element?.scrollIntoView({ block: "nearest" }) : null}
            id={`${list}-${at}`}
            role="option"
            tabIndex={-1}
            aria-selected={at === current}
            className={css("option", at === current && "current")}
            onClick={() => run(command)}
            onPointerMove={() => setIndex(at)}
          >
            <span className={css("name")}>{command.name}</span>
            <span className={css("kind")}>{command.kind}</span>
          </div>
        ))}
      </div>
    </Dialog>
  );
}

function useChoices(words: string): readonly Command[] {
  const t = useTranslations();
  const navigate = useNavigate();
  const commands = useCommands();
  const searched = useSettled(words.trim());
  const { data } = useSearch(searched);
  const found = searched.length < 2 ? [] : (data ?? []);
  const conversations = found.slice(0, 12).map(({ id, title }) => ({
    key: id,
    name: title ?? t("conversations.untitled"),
    kind: t("shell.commandConversations"),
    run: () => void navigate({ to: "/c/$conversationId", params: { conversationId: id } }),
  }));
  return [...matching(commands, words), ...conversations];
}
