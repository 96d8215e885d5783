/** Looks at the first entries of a place, under a path or not. */
import { useState } from "react";
import { useTryPlace } from "#/api/followed";
import type { Place } from "#/api/types";
import { ErrorNotice } from "#/features/errors/ErrorNotice";
import { TrialOutcome } from "#/features/followed/TrialOutcome";
import { useTranslations } from "#/i18n";
import { Button } from "#/ui/Button";
import { classes } from "#/ui/classes";
import { Dialog, DialogButtons } from "#/ui/Dialog";
import { Field } from "#/ui/Field";
import sheet from "../administration.module.css";

const css = classes(sheet);

export function PlaceTrialDialog({ place, onClose }: { readonly place: Place; readonly onClose: () => void }) {
  const t = useTranslations("places");
  const shell = useTranslations("shell");
  const [path, setPath] = useState("");
  const { mutate, data, error, isPending } = useTryPlace(place.id);
  return (
    <Dialog isOpen onClose={onClose} title={t("tryTitle", { name: place.name })} closeLabel={shell("close")}>
      <form
        className={css("form")}
        onSubmit={(event) => {
          event.preventDefault();
          mutate(path.trim());
        }}
      >
        <Field
          label={t("path")}
          hint={t("pathHint")}
          autoComplete="off"
          value={path}
          onChange={(event) => setPath(event.target.value)}
        />
        <div aria-live="polite">
          {error && <ErrorNotice error={error} />}
          {data && <TrialOutcome trial={data} />}
        </div>
        <DialogButtons>
          <Button onPress={onClose}>{shell("close")}</Button>
          <Button type="submit" look="primary" busy={isPending}>
            {t("try")}
          </Button>
        </DialogButtons>
      </form>
    </Dialog>
  );
}
