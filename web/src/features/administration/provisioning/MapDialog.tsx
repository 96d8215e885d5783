/** Says what a group leads to: a unit, a role on it or everywhere, or nothing. */
import { useState } from "react";
import { useMapGroup, useRolesToGive, useUnitsFound } from "#/api/directories";
import type { DirectoryGroup } from "#/api/types";
import { ErrorNotice } from "#/features/errors/ErrorNotice";
import { useLocale, useTranslations } from "#/i18n";
import { Button } from "#/ui/Button";
import { classes } from "#/ui/classes";
import { Dialog, DialogButtons } from "#/ui/Dialog";
import { ChoiceField, Field } from "#/ui/Field";
import { useLive } from "#/ui/Live";
import { submitted } from "#/ui/submitted";
import { useSettled } from "#/ui/useSettled";
import sheet from "../administration.module.css";

const css = classes(sheet);

interface MapDialogProps {
  readonly directory: string;
  readonly group: DirectoryGroup;
  readonly onClose: () => void;
}

export function MapDialog({ directory, group, onClose }: MapDialogProps) {
  const t = useTranslations();
  const locale = useLocale();
  const { toast } = useLive();
  const map = useMapGroup(directory);
  const roles = useRolesToGive();
  const [words, setWords] = useState("");
  const units = useUnitsFound(useSettled(words.trim()));
  const found = (units.data ?? []).map(({ id, path }) => [id, path.join(" › ")] as const);
  const present = group.unit && !found.some(([id]) => id === group.unit?.id) ? [group.unit] : [];
  const options = [
    ["", t("provisioning.noUnit")] as const,
    ...present.map(({ id, name }) => [id, name] as const),
    ...found,
  ];
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={t("provisioning.mapTitle", { name: group.name })}
      closeLabel={t("shell.close")}
    >
      <form
        className={css("form")}
        onSubmit={(event) => {
          const fields = submitted<"unit" | "role">(event);
          map.mutate(
            { group: group.id, unit_id: fields.unit || null, role_id: fields.role || null },
            {
              onSuccess: () => {
                toast({ words: t("provisioning.mapped") });
                onClose();
              },
            },
          );
        }}
      >
        <Field
          label={t("provisioning.searchUnit")}
          type="text"
          autoComplete="off"
          value={words}
          onChange={(event) => setWords(event.target.value)}
        />
        <ChoiceField
          key={`unit ${options.length}`}
          label={t("provisioning.unit")}
          name="unit"
          defaultValue={group.unit?.id ?? ""}
          options={options}
        />
        <ChoiceField
          key={`role ${roles.data?.length ?? 0}`}
          label={t("provisioning.role")}
          name="role"
          defaultValue={group.role_id ?? ""}
          options={[
            ["", t("provisioning.noRole")],
            ...(roles.data ?? []).map(({ id, name_fr, name_en }) => [id, locale === "fr" ? name_fr : name_en] as const),
          ]}
        />
        {map.error && <ErrorNotice error={map.error} />}
        <DialogButtons>
          <Button onPress={onClose}>{t("shell.cancel")}</Button>
          <Button type="submit" look="primary" busy={map.isPending}>
            {t("shell.save")}
          </Button>
        </DialogButtons>
      </form>
    </Dialog>
  );
}
