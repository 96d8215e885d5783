/** A field to search a long list on the server; absent while the list is short enough to be read whole. */
import { useState } from "react";
import { classes } from "#/ui/classes";
import { Field } from "#/ui/Field";
import { useSettled } from "#/ui/useSettled";
import sheet from "./administration.module.css";

const css = classes(sheet);

interface Words {
  readonly typed: string;
  readonly type: (words: string) => void;
  /** What was typed, once it has stopped changing. */
  readonly settled: string;
}

export function useListWords(milliseconds?: number): Words {
  const [typed, type] = useState("");
  return { typed, type, settled: useSettled(typed.trim(), milliseconds) };
}

interface ListSearchProps {
  readonly label: string;
  readonly words: Words;
  /** Whether the list goes on after what is shown. */
  readonly more: boolean;
}

export function ListSearch({ label, words, more }: ListSearchProps) {
  const [met, setMet] = useState(false);
  // Once shown it stays: it must not vanish under the hands of whoever types in it.
  if (more && !met) setMet(true);
  if (!more && !met) return null;
  return (
    <div className={css("filter")}>
      <Field
        label={label}
        type="text"
        autoComplete="off"
        maxLength={200}
        value={words.typed}
        onChange={(event) => words.type(event.target.value)}
      />
    </div>
  );
}
