/** Declares a directory, or changes one. The password of its service account is written, never read back. */
import { useState } from "react";
import { useLdapDirectory, useSaveLdapDirectory } from "#/api/ldap";
import type { LdapDirectory, Provider } from "#/api/types";
import { ErrorNotice } from "#/features/errors/ErrorNotice";
import { LANGUAGES, useTranslations } from "#/i18n";
import { Button } from "#/ui/Button";
import { classes } from "#/ui/classes";
import { Dialog, DialogButtons } from "#/ui/Dialog";
import { Check, ChoiceField, Field } from "#/ui/Field";
import { submitted } from "#/ui/submitted";
import sheet from "../administration.module.css";
import { DirectoryFields } from "./DirectoryFields";
import { type DirectoryModel, MODELS } from "./directoryModels";
import { useProviderName } from "./ProvidersTable";
import { type DirectoryNames, readDirectory, SUBJECTS } from "./readDirectory";

const css = classes(sheet);
const SLUG = "[a-z0-9][a-z0-9._\\-]{0,63}";

interface DirectoryDialogProps {
  readonly provider: Provider | null;
  readonly onClose: () => void;
  readonly onSaved: (id: string) => void;
}

export function DirectoryDialog({ provider, onClose, onSaved }: DirectoryDialogProps) {
  const t = useTranslations();
  const known = useLdapDirectory(provider?.id ?? null);
  const nameOf = useProviderName();
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={provider ? nameOf(provider) : t("ldap.add")}
      closeLabel={t("shell.close")}
      wide
    >
      {known.error && <ErrorNotice error={known.error} onRetry={() => void known.refetch()} />}
      {(provider === null || known.data) && (
        <DirectoryForm directory={known.data ?? null} onClose={onClose} onSaved={onSaved} />
      )}
    </Dialog>
  );
}

interface DirectoryFormProps {
  readonly directory: LdapDirectory | null;
  readonly onClose: () => void;
  readonly onSaved: (id: string) => void;
}

function DirectoryForm({ directory, onClose, onSaved }: DirectoryFormProps) {
  const t = useTranslations();
  const save = useSaveLdapDirectory();
  const [model, setModel] = useState<DirectoryModel>("openldap");
  return (
    <form
      className={css("form")}
      onSubmit={(event) => {
        save.mutate(readDirectory(directory?.id ?? null, submitted<DirectoryNames>(event)), {
          onSuccess: (saved) => {
            onSaved(saved.id);
            onClose();
          },
        });
      }}
    >
      {directory === null && <Identity model={model} onModel={setModel} />}
      <DirectoryFields key={model} directory={directory} filled={directory ?? MODELS[model]} />
      <Manners directory={directory} />
      {save.error && <ErrorNotice error={save.error} />}
      <DialogButtons>
        <Button onPress={onClose}>{t("shell.cancel")}</Button>
        <Button type="submit" look="primary" busy={save.isPending}>
          {t("shell.save")}
        </Button>
      </DialogButtons>
    </form>
  );
}

interface IdentityProps {
  readonly model: DirectoryModel;
  readonly onModel: (model: DirectoryModel) => void;
}

/** What never changes afterwards: who the persons are. */
function Identity({ model, onModel }: IdentityProps) {
  const t = useTranslations();
  return (
    <div className={css("pair")}>
      <ChoiceField
        label={t("ldap.model")}
        hint={t("ldap.modelHint")}
        value={model}
        options={[
          ["openldap", t("ldap.models.openldap")],
          ["active_directory", t("ldap.models.active_directory")],
        ]}
        onChange={(event) => onModel(event.currentTarget.value === "openldap" ? "openldap" : "active_directory")}
      />
      <ChoiceField
        key={model}
        label={t("ldap.subject")}
        hint={t("ldap.subjectHint")}
        name="subject_attribute"
        defaultValue={MODELS[model].subject_attribute}
        options={SUBJECTS.map((one) => [one, one] as const)}
      />
      <Field
        label={t("signIn.code")}
        hint={t("signIn.codeHint")}
        name="code"
        pattern={SLUG}
        autoComplete="off"
        spellCheck={false}
        autoFocus
        required
      />
      <Field
        label={t("ldap.issuer")}
        hint={t("ldap.issuerHint")}
        name="issuer"
        pattern={`ldap:${SLUG}`}
        autoComplete="off"
        spellCheck={false}
      />
    </div>
  );
}

function Manners({ directory }: { readonly directory: LdapDirectory | null }) {
  const t = useTranslations();
  return (
    <>
      <div className={css("pair")}>
        <ChoiceField
          label={t("signIn.language")}
          name="language"
          defaultValue={directory?.language ?? "fr"}
          options={LANGUAGES.map((language) => [language, t(`shell.languages.${language}`)] as const)}
        />
        <Field
          label={t("signIn.position")}
          name="position"
          type="number"
          min={0}
          max={1000}
          defaultValue={directory?.position ?? 0}
          required
        />
      </div>
      <Check
        label={t("signIn.createsPersons")}
        hint={t("signIn.createsPersonsHint")}
        name="creates_persons"
        defaultChecked={directory?.creates_persons ?? true}
      />
      <Check label={t("signIn.enabled")} name="enabled" defaultChecked={directory?.enabled ?? true} />
    </>
  );
}
