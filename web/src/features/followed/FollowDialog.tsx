/** Has a folder of a base follow a path of a place; the place may be tried first. */
import { FlaskConical } from "lucide-react";
import { useState } from "react";
import { useMakeSource, useTrySource } from "#/api/followed";
import type { PlaceChoice } from "#/api/types";
import { ErrorNotice } from "#/features/errors/ErrorNotice";
import { useTranslations } from "#/i18n";
import { Button } from "#/ui/Button";
import { classes } from "#/ui/classes";
import { Dialog, DialogButtons } from "#/ui/Dialog";
import { ChoiceField, Field } from "#/ui/Field";
import { useLive } from "#/ui/Live";
import { CadenceFields, USUAL } from "./CadenceFields";
import sheet from "./followed.module.css";
import { RightsField } from "./RightsField";
import { TrialOutcome } from "./TrialOutcome";

const css = classes(sheet);

interface FollowDialogProps {
  readonly collection: string;
  readonly places: readonly PlaceChoice[];
  readonly onClose: () => void;
}

export function FollowDialog({ collection, places, onClose }: FollowDialogProps) {
  const t = useTranslations();
  const { toast } = useLive();
  const make = useMakeSource(collection);
  const trial = useTrySource(collection);
  const [placeId, setPlaceId] = useState(places[0]?.id ?? "");
  const [path, setPath] = useState("");
  const [folder, setFolder] = useState("");
  const [rights, setRights] = useState(true);
  const [cadence, setCadence] = useState(USUAL);
  const place = places.find(({ id }) => id === placeId);
  const where = { place_id: placeId, path: path.trim(), follows_rights: rights || place?.rights_required === true };
  const onSuccess = () => {
    onClose();
    toast({ words: t("followed.form.made") });
  };
  return (
    <Dialog isOpen wide onClose={onClose} title={t("followed.form.title")} closeLabel={t("shell.close")}>
      <form
        className={css("form")}
        onSubmit={(event) => {
          event.preventDefault();
          make.mutate({ ...where, folder: folder.trim(), cadence }, { onSuccess });
        }}
      >
        <div className={css("pair")}>
          <ChoiceField
            label={t("followed.form.place")}
            value={placeId}
            onChange={(event) => setPlaceId(event.target.value)}
            options={places.map((one) => [one.id, `${one.name} (${t(`places.kinds.${one.kind}`)})`])}
          />
          <Field
            label={t("followed.form.path")}
            hint={t("followed.form.pathHint")}
            autoComplete="off"
            maxLength={1000}
            value={path}
            onChange={(event) => setPath(event.target.value)}
          />
        </div>
        <RightsField place={place} value={rights} onChange={setRights} />
        <div className={css("actions")}>
          <Button icon={FlaskConical} busy={trial.isPending} onPress={() => trial.mutate(where)}>
            {t("followed.form.try")}
          </Button>
        </div>
        <div aria-live="polite">
          {trial.error && <ErrorNotice error={trial.error} />}
          {trial.data && <TrialOutcome trial={trial.data} />}
        </div>
        <Field
          label={t("followed.form.folder")}
          hint={t("followed.form.folderHint")}
          autoComplete="off"
          maxLength={400}
          required
          value={folder}
          onChange={(event) => setFolder(event.target.value)}
        />
        <CadenceFields cadence={cadence} onChange={setCadence} />
        {make.error && <ErrorNotice error={make.error} />}
        <DialogButtons>
          <Button onPress={onClose}>{t("shell.cancel")}</Button>
          <Button type="submit" look="primary" busy={make.isPending}>
            {t("followed.form.make")}
          </Button>
        </DialogButtons>
      </form>
    </Dialog>
  );
}
