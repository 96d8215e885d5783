/** Makes a document base, or changes what it is: its name, its level, when it is to be reviewed. */
import { type FormEvent, type ReactNode, useState } from "react";
import { useChangeCollection, useCreateCollection } from "#/api/collections";
import { useHeld, useLevels } from "#/api/sessions";
import type { Collection, Level } from "#/api/types";
import { ErrorNotice } from "#/features/errors/ErrorNotice";
import { isAtMost, LEVELS } from "#/features/inference/choice";
import { useDeclaredLevels } from "#/features/inference/useDeclaredLevels";
import { useTranslations } from "#/i18n";
import { Button } from "#/ui/Button";
import { classes } from "#/ui/classes";
import { Dialog, DialogButtons } from "#/ui/Dialog";
import { Check, ChoiceField, Field, LinesField } from "#/ui/Field";
import { submitted } from "#/ui/submitted";
import sheet from "./collections.module.css";
import { type UnitChoice, UnitField } from "./UnitField";

const css = classes(sheet);

export type Draft = Pick<Collection, "name" | "description">;
type FieldName = "name" | "description" | "level" | "closed" | "review_on";

interface CollectionDialogProps {
  readonly draft: Draft;
  readonly onDone: (collection: Collection) => void;
  readonly onClose: () => void;
}

export function CollectionDialog({ draft, onDone, onClose }: CollectionDialogProps) {
  const t = useTranslations("collections.form");
  const levels = useLevels();
  const held = useHeld();
  const create = useCreateCollection();
  const [holder, setHolder] = useState<"self" | "unit">("self");
  const [unit, setUnit] = useState<UnitChoice | null>(null);
  const owned = holder === "unit";
  return (
    <Frame title={t("createTitle")} onClose={onClose}>
      <form
        className={css("form")}
        onSubmit={(event) => {
          create.mutate(
            { ...fieldsOf(event), unit_id: owned && unit ? unit.id : null },
            {
              onSuccess: (made) => {
                onClose();
                onDone(made);
              },
            },
          );
        }}
      >
        <Fields draft={draft} level={levels.default_level} closed={false} reviewOn={null} />
        {held.somewhere("documents.curate") && (
          <fieldset className={css("holders")}>
            <legend className={css("legend")}>{t("holder")}</legend>
            {(["self", "unit"] as const).map((one) => (
              <label key={one} className={css("radio")}>
                <input type="radio" name="holder" checked={holder === one} onChange={() => setHolder(one)} />
                {t(one === "self" ? "holderSelf" : "holderUnit")}
              </label>
            ))}
            {owned && (
              <UnitField purpose="curate" label={t("unit")} hint={t("unitHint")} value={unit} onChange={setUnit} />
            )}
          </fieldset>
        )}
        {create.error && <ErrorNotice error={create.error} />}
        <Buttons save={t("create")} busy={create.isPending} blocked={owned && unit === null} onClose={onClose} />
      </form>
    </Frame>
  );
}

interface SettingsDialogProps {
  readonly collection: Collection;
  readonly onDone: () => void;
  readonly onDelete: () => void;
  readonly onClose: () => void;
}

export function SettingsDialog({ collection, onDone, onDelete, onClose }: SettingsDialogProps) {
  const t = useTranslations();
  const change = useChangeCollection(collection.id);
  return (
    <Frame title={t("collections.form.settingsTitle")} onClose={onClose}>
      <form
        className={css("form")}
        onSubmit={(event) => {
          const done = () => {
            onClose();
            onDone();
          };
          change.mutate(fieldsOf(event), { onSuccess: done });
        }}
      >
        <Fields
          draft={collection}
          level={collection.level}
          closed={collection.closed}
          reviewOn={collection.review_on}
        />
        {change.error && <ErrorNotice error={change.error} />}
        <div className={css("ends")}>
          <Button look="danger" onPress={onDelete}>
            {t("collections.remove")}
          </Button>
          <Buttons save={t("shell.save")} busy={change.isPending} blocked={false} onClose={onClose} />
        </div>
      </form>
    </Frame>
  );
}

interface FieldsProps {
  readonly draft: Draft;
  readonly level: Level;
  readonly closed: boolean;
  readonly reviewOn: string | null;
}

function fieldsOf(event: FormEvent<HTMLFormElement>) {
  const { name, description, level, closed, review_on } = submitted<FieldName>(event);
  return { name, description, level: level as Level, closed: closed === "on", review_on: review_on || null };
}

function Fields({ draft, level, closed, reviewOn }: FieldsProps) {
  const t = useTranslations();
  const { highest_level: highest } = useLevels();
  const declared = useDeclaredLevels();
  const offered = LEVELS.filter((one) => (declared.includes(one) && isAtMost(one, highest)) || one === level);
  return (
    <>
      <Field
        label={t("collections.form.name")}
        name="name"
        defaultValue={draft.name}
        maxLength={200}
        required
        autoComplete="off"
      />
      <LinesField
        label={t("collections.form.description")}
        name="description"
        defaultValue={draft.description}
        maxLength={2_000}
        rows={2}
        prose
      />
      <ChoiceField
        label={t("collections.form.level")}
        hint={t("collections.form.levelHint")}
        name="level"
        defaultValue={level}
        options={offered.map((one) => [one, `${t(`models.levels.${one}`)} – ${t(`models.levelWords.${one}`)}`])}
      />
      <Check
        label={t("collections.form.closed")}
        hint={t("collections.form.closedHint")}
        name="closed"
        defaultChecked={closed}
      />
      <Field
        label={t("collections.form.review")}
        hint={t("collections.form.reviewHint")}
        name="review_on"
        type="date"
        defaultValue={reviewOn ?? ""}
      />
    </>
  );
}

function Frame({ title, onClose, children }: { title: string; onClose: () => void; children: ReactNode }) {
  const t = useTranslations("shell");
  return (
    <Dialog isOpen wide onClose={onClose} title={title} closeLabel={t("close")}>
      {children}
    </Dialog>
  );
}

interface ButtonsProps {
  readonly save: string;
  readonly busy: boolean;
  readonly blocked: boolean;
  readonly onClose: () => void;
}

function Buttons({ save, busy, blocked, onClose }: ButtonsProps) {
  const t = useTranslations("shell");
  return (
    <DialogButtons>
      <Button onPress={onClose}>{t("cancel")}</Button>
      <Button type="submit" look="primary" busy={busy} isDisabled={blocked}>
        {save}
      </Button>
    </DialogButtons>
  );
}
