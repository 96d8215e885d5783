/** What an address would be told as, and by which lines. */
import { Search } from "lucide-react";
import { useState } from "react";
import { usePreviewWebSite } from "#/api/sites";
import type { WebSitePreview } from "#/api/types";
import { ErrorNotice } from "#/features/errors/ErrorNotice";
import { useTranslations } from "#/i18n";
import { Button } from "#/ui/Button";
import { classes } from "#/ui/classes";
import { Field } from "#/ui/Field";
import { Notice } from "#/ui/Notice";
import type { ScopeProps } from "./AddSite";
import sheet from "./sites.module.css";

const css = classes(sheet);

export function PreviewSite({ unitId, ready }: ScopeProps) {
  const t = useTranslations("sites");
  const looking = usePreviewWebSite();
  const [address, setAddress] = useState("");
  return (
    <form
      className={css("way")}
      onSubmit={(event) => {
        event.preventDefault();
        if (ready && address.trim() !== "") looking.mutate({ address: address.trim(), unit_id: unitId });
      }}
    >
      <h3 className={css("sub")}>{t("preview")}</h3>
      <Field
        label={t("address")}
        hint={t("addressHint")}
        autoComplete="off"
        spellCheck={false}
        maxLength={2000}
        value={address}
        onChange={(event) => setAddress(event.target.value)}
      />
      <div>
        <Button type="submit" icon={Search} busy={looking.isPending} isDisabled={!ready}>
          {t("look")}
        </Button>
      </div>
      {looking.error && <ErrorNotice error={looking.error} />}
      <div role="status">{looking.data && <Seen preview={looking.data} />}</div>
    </form>
  );
}

function Seen({ preview }: { readonly preview: WebSitePreview }) {
  const t = useTranslations("sites");
  return (
    <Notice meaning={preview.denied ? "refusal" : "plain"}>
      <p>
        <strong>{preview.host}</strong>{" "}
        {preview.denied ? t("isDenied") : t("isTold", { kind: t(`kinds.${preview.tier ?? "other"}`) })}
      </p>
      {preview.lines.length === 0 && <p>{t("noLine")}</p>}
      <ul className={css("lines")}>
        {preview.lines.map((one) => (
          <li key={`${one.pattern} ${one.held_by} ${one.unit?.id}`}>
            {t("line", {
              site: one.pattern,
              kind: t(`kinds.${one.tier ?? "denied"}`),
              holder: one.unit?.name ?? t(`holders.${one.held_by}`),
            })}
          </li>
        ))}
      </ul>
    </Notice>
  );
}
