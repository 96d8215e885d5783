/** A long list on the server: the field to search it, absent while it is short enough to be read whole; its order; more. */
import { useState } from "react";
import { useTranslations } from "#/i18n";
import { Button } from "#/ui/Button";
import { classes } from "#/ui/classes";
import { Field } from "#/ui/Field";
import type { Order } from "#/ui/Table";
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

/** The order of a list that the server orders: what it is asked, and what its table shows and changes. */
export function useListOrder<By extends string>(first: By): { readonly by: By; readonly order: Order } {
  const [by, onChange] = useState(first);
  // A table gives back the orders of its own columns, reversed or not.
  return { by, order: { by, onChange: (asked) => onChange(asked as By) } };
}

interface ListMoreProps {
  readonly list: {
    readonly hasNextPage: boolean;
    readonly isFetchingNextPage: boolean;
    readonly fetchNextPage: () => Promise<unknown>;
  };
}

/** Goes on after what is shown; nothing at the end. */
export function ListMore({ list }: ListMoreProps) {
  const t = useTranslations("administration");
  if (!list.hasNextPage) return null;
  return (
    <Button busy={list.isFetchingNextPage} onPress={() => void list.fetchNextPage()}>
      {t("more")}
    </Button>
  );
}
