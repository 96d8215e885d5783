/** A field that finds one thing among very many: words go to the server, what they find is chosen by keyboard or pointer. */
import { ChevronsUpDown } from "lucide-react";
import { type ReactNode, useEffect, useState } from "react";
import {
  ComboBox as AriaComboBox,
  Button,
  Input,
  Label,
  ListBox,
  ListBoxItem,
  Popover,
  Text,
} from "react-aria-components";
import sheet from "./ComboBox.module.css";
import { classes } from "./classes";

const css = classes(sheet);

export interface Choice {
  readonly id: string;
  readonly name: string;
  /** What tells it from another of the same name: its place, its address. */
  readonly place?: string;
  /** Why it cannot be chosen. */
  readonly why?: string | null;
}

interface ComboBoxProps {
  readonly label: string;
  readonly hint?: ReactNode;
  readonly placeholder?: string;
  /** What the button that opens the list is called. */
  readonly openLabel: string;
  /** What is said when nothing was found. */
  readonly empty: string;
  readonly value: Choice | null;
  readonly onChange: (id: string | null) => void;
  readonly choices: readonly Choice[];
  /** What is typed, for whoever asks the server; empty once something is chosen. */
  readonly onWords: (words: string) => void;
  readonly autoFocus?: boolean;
}

export function ComboBox(props: ComboBoxProps) {
  const { label, hint, placeholder, openLabel, empty, value, onChange, choices, onWords, autoFocus = false } = props;
  const shown = value?.name ?? "";
  const [words, setWords] = useState(shown);
  useEffect(() => setWords(shown), [shown]);
  const type = (next: string) => {
    setWords(next);
    onWords(next === shown ? "" : next);
    if (next === "") onChange(null);
  };
  const settle = () => {
    setWords(shown);
    onWords("");
  };
  return (
    <AriaComboBox
      items={choices}
      value={value?.id ?? null}
      onChange={(key) => {
        if (key === null) return;
        setWords(choices.find(({ id }) => id === key)?.name ?? shown);
        onWords("");
        if (key !== value?.id) onChange(String(key));
      }}
      inputValue={words}
      onInputChange={type}
      onBlur={settle}
      menuTrigger="focus"
      allowsEmptyCollection
      autoFocus={autoFocus}
      disabledKeys={choices.filter(({ why }) => why).map(({ id }) => id)}
      className={css("frame")}
    >
      <Label className={css("label")}>{label}</Label>
      {hint !== undefined && (
        <Text slot="description" className={css("hint")}>
          {hint}
        </Text>
      )}
      <div className={css("box")}>
        <Input placeholder={placeholder ?? ""} autoComplete="off" className={css("input")} />
        <Button aria-label={openLabel} className={css("open")}>
          <ChevronsUpDown aria-hidden="true" className={css("icon")} />
        </Button>
      </div>
      <Popover className={css("popover")} offset={2}>
        {/* Shown beside the page, not in it: a region of its own, so that it is part of something. */}
        <section aria-label={label}>
          <ListBox<Choice>
            className={css("list")}
            renderEmptyState={() => <span className={css("empty")}>{empty}</span>}
          >
            {(one) => (
              <ListBoxItem id={one.id} textValue={one.name} className={css("item")}>
                <span className={css("name")}>{one.name}</span>{" "}
                {(one.why ?? one.place) && <span className={css("place")}>{one.why ?? one.place}</span>}
              </ListBoxItem>
            )}
          </ListBox>
        </section>
      </Popover>
    </AriaComboBox>
  );
}
