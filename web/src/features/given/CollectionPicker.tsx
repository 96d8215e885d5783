/** Which document bases the next question looks in: those one may read, found by their name. */
import { useState } from "react";
import { useReadableCollections } from "#/api/readableCollections";
import { ErrorNotice } from "#/features/errors/ErrorNotice";
import { useTranslations } from "#/i18n";
import { Button } from "#/ui/Button";
import { classes } from "#/ui/classes";
import { Dialog, DialogButtons } from "#/ui/Dialog";
import { Field } from "#/ui/Field";
import { useSettled } from "#/ui/useSettled";
import sheet from "./given.module.css";
import { withOneMore } from "./kept";
import type { Given } from "./useGiven";

const css = classes(sheet);

interface CollectionPickerProps {
  readonly isOpen: boolean;
  readonly onClose: () => void;
  readonly given: Given;
}

export function CollectionPicker({ isOpen, onClose, given }: CollectionPickerProps) {
  const t = useTranslations();
  return (
    <Dialog wide isOpen={isOpen} onClose={onClose} title={t("given.picker.title")} closeLabel={t("shell.close")}>
      <div className={css("picker")}>
        <p>{t("given.picker.intro")}</p>
        {isOpen && <Found given={given} />}
      </div>
      <DialogButtons>
        <Button look="primary" onPress={onClose}>
          {t("given.picker.done")}
        </Button>
      </DialogButtons>
    </Dialog>
  );
}

function Found({ given: { collections, choose } }: { readonly given: Given }) {
  const t = useTranslations("given.picker");
  const levels = useTranslations("models.levels");
  const [words, setWords] = useState("");
  const { data, error, refetch } = useReadableCollections(useSettled(words.trim()));
  const chosen = new Set(collections.map(({ id }) => id));
  if (error && !data) return <ErrorNotice error={error} onRetry={() => void refetch()} />;
  return (
    <>
      <Field label={t("search")} type="search" value={words} onChange={(event) => setWords(event.target.value)} />
      {data?.length === 0 && <p>{words === "" ? t("empty") : t("none")}</p>}
      {data && data.length > 0 && (
        <ul className={css("found")}>
          {data.map((one) => (
            <li key={one.id}>
              <label className={css("base")}>
                <input
                  type="checkbox"
                  checked={chosen.has(one.id)}
                  onChange={(event) =>
                    choose(
                      event.target.checked
                        ? withOneMore(collections, one)
                        : collections.filter(({ id }) => id !== one.id),
                    )
                  }
                />
                <span>
                  {one.name}
                  <span className={css("about")}>
                    {[
                      one.owner.name,
                      t("documents", { count: one.documents }),
                      levels(one.level),
                      ...(one.closed ? [t("closed")] : []),
                    ].join(" · ")}
                  </span>
                </span>
              </label>
            </li>
          ))}
        </ul>
      )}
    </>
  );
}
