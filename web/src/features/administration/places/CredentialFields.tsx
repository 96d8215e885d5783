/** What the service shows to enter a place. One that is saved can be kept, and is never shown. */
import { useState } from "react";
import { useTranslations } from "#/i18n";
import { classes } from "#/ui/classes";
import { ChoiceField, Field } from "#/ui/Field";
import sheet from "../administration.module.css";
import { type Kind, WAYS, type Way } from "./readPlace";

const css = classes(sheet);

interface CredentialFieldsProps {
  readonly kind: Kind;
  readonly kept: boolean;
}

export function CredentialFields({ kind, kept }: CredentialFieldsProps) {
  const t = useTranslations("places");
  const ways: readonly Way[] = kept ? ["kept", ...WAYS[kind]] : WAYS[kind];
  const [way, setWay] = useState<Way>(ways[0] ?? "none");
  if (kind === "folder") return null;
  return (
    <>
      <ChoiceField
        label={t("credential")}
        name="way"
        value={way}
        onChange={(event) => setWay(event.target.value as Way)}
        options={ways.map((one) => [one, one === "kept" ? t("kept") : t(`credentials.${one}`)])}
      />
      {way === "login" && <Pair names={["user", "password"]} labels={[t("user"), t("password")]} />}
      {way === "access_keys" && <Pair names={["access_key", "secret_key"]} labels={[t("accessKey"), t("secretKey")]} />}
      {way === "token" && <Field label={t("token")} name="token" type="password" autoComplete="off" required />}
    </>
  );
}

interface PairProps {
  readonly names: readonly [string, string];
  readonly labels: readonly [string, string];
}

/** A name and its secret. */
function Pair({ names, labels }: PairProps) {
  return (
    <div className={css("pair")}>
      <Field label={labels[0]} name={names[0]} autoComplete="off" required />
      <Field label={labels[1]} name={names[1]} type="password" autoComplete="new-password" required />
    </div>
  );
}
