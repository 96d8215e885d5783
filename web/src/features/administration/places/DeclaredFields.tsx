/** Where a place is, by its kind. */
import type { DeclaredPlace } from "#/api/types";
import { useTranslations } from "#/i18n";
import { classes } from "#/ui/classes";
import { Field, LinesField } from "#/ui/Field";
import sheet from "../administration.module.css";
import type { Kind } from "./readPlace";

const css = classes(sheet);

interface DeclaredFieldsProps {
  readonly kind: Kind;
  readonly declared: DeclaredPlace | null;
}

export function DeclaredFields({ kind, declared }: DeclaredFieldsProps) {
  switch (kind) {
    case "folder":
      return <FolderFields declared={declared?.kind === "folder" ? declared : null} />;
    case "bucket":
      return <BucketFields declared={declared?.kind === "bucket" ? declared : null} />;
    case "webdav":
      return <AddressFields declared={declared?.kind === "webdav" ? declared : null} />;
    case "site":
      return <SiteFields declared={declared?.kind === "site" ? declared : null} />;
  }
}

type Of<K extends Kind> = Extract<DeclaredPlace, { kind: K }> | null;

function FolderFields({ declared }: { readonly declared: Of<"folder"> }) {
  const t = useTranslations("places");
  return (
    <div className={css("pair")}>
      <Field label={t("root")} hint={t("rootHint")} name="root" defaultValue={declared?.root} required />
      <Field label={t("witness")} hint={t("witnessHint")} name="witness" defaultValue={declared?.witness ?? ""} />
    </div>
  );
}

function BucketFields({ declared }: { readonly declared: Of<"bucket"> }) {
  const t = useTranslations("places");
  return (
    <>
      <Field
        label={t("endpoint")}
        hint={t("endpointHint")}
        name="endpoint"
        defaultValue={declared?.endpoint}
        required
      />
      <div className={css("pair")}>
        <Field label={t("bucket")} name="bucket" defaultValue={declared?.bucket} required />
        <Field label={t("prefix")} name="prefix" defaultValue={declared?.prefix ?? ""} />
        <Field label={t("region")} name="region" defaultValue={declared?.region ?? "us-east-1"} required />
      </div>
      <Authority value={declared?.ca_certificate} />
    </>
  );
}

function AddressFields({ declared }: { readonly declared: Of<"webdav"> }) {
  const t = useTranslations("places");
  return (
    <>
      <Field label={t("address")} hint={t("webdavHint")} name="address" defaultValue={declared?.address} required />
      <Authority value={declared?.ca_certificate} />
    </>
  );
}

function SiteFields({ declared }: { readonly declared: Of<"site"> }) {
  const t = useTranslations("places");
  return (
    <>
      <Field label={t("address")} hint={t("siteHint")} name="address" defaultValue={declared?.address} required />
      <div className={css("pair")}>
        <Field label={t("sitePrefix")} name="prefix" defaultValue={declared?.prefix ?? ""} />
        <Field
          label={t("pages")}
          name="pages"
          type="number"
          min={1}
          max={50_000}
          defaultValue={declared?.pages ?? 2000}
          required
        />
      </div>
      <Authority value={declared?.ca_certificate} />
    </>
  );
}

function Authority({ value }: { readonly value: string | null | undefined }) {
  const t = useTranslations("places");
  return (
    <LinesField
      label={t("authority")}
      hint={t("authorityHint")}
      name="ca_certificate"
      rows={2}
      defaultValue={value ?? ""}
    />
  );
}
