/** Tries the rules shown on claims pasted by hand: who the person would be, what they would be given. */
import { useState } from "react";
import { useDryRun } from "#/api/providers";
import type { ClaimRule, Provider } from "#/api/types";
import { ErrorNotice } from "#/features/errors/ErrorNotice";
import { useTranslations } from "#/i18n";
import { Button } from "#/ui/Button";
import { classes } from "#/ui/classes";
import { LinesField } from "#/ui/Field";
import { submitted } from "#/ui/submitted";
import sheet from "../administration.module.css";
import { GiftsList } from "./GiftsList";

const css = classes(sheet);
const EXAMPLE = '{\n  "sub": "…",\n  "name": "Ada Lovelace",\n  "department": "LAB1"\n}';

export function DryRunForm({ provider, rules }: { readonly provider: Provider; readonly rules: readonly ClaimRule[] }) {
  const t = useTranslations("signIn");
  const dryRun = useDryRun(provider.id);
  const [wrong, setWrong] = useState(false);
  const { data: told } = dryRun;
  return (
    <section className={css("section")} aria-labelledby="dry-run-title">
      <h3 id="dry-run-title" className={css("subtitle")}>
        {t("dryRun")}
      </h3>
      <p className={css("words")}>{t("dryRunWords")}</p>
      <form
        className={css("form", "claims")}
        aria-labelledby="dry-run-title"
        onSubmit={(event) => {
          const claims = asClaims(submitted<"claims">(event).claims);
          setWrong(claims === null);
          if (claims) dryRun.mutate({ claims, rules });
        }}
      >
        <LinesField
          label={t("claims")}
          name="claims"
          rows={7}
          defaultValue={EXAMPLE}
          error={wrong ? t("claimsWrong") : null}
          required
        />
        <div>
          <Button type="submit" busy={dryRun.isPending}>
            {t("tryIt")}
          </Button>
        </div>
      </form>
      {dryRun.error && <ErrorNotice error={dryRun.error} />}
      <div aria-live="polite">
        {told && (
          <>
            <p>{t("tried", { name: told.name, email: told.email ?? t("noEmail") })}</p>
            <GiftsList gifts={told.gifts} />
          </>
        )}
      </div>
    </section>
  );
}

function asClaims(text: string): { readonly [name: string]: unknown } | null {
  try {
    const read: unknown = JSON.parse(text);
    return typeof read === "object" && read !== null && !Array.isArray(read) ? { ...read } : null;
  } catch {
    return null;
  }
}
