/** Tries a directory: each server, then what somebody's entry would give. No password is asked. */
import { CircleCheck, OctagonX } from "lucide-react";
import { useTryDirectory } from "#/api/ldap";
import type { DirectoryTried, Provider } from "#/api/types";
import { ErrorNotice } from "#/features/errors/ErrorNotice";
import { useTranslations } from "#/i18n";
import { Button } from "#/ui/Button";
import { classes } from "#/ui/classes";
import { Field } from "#/ui/Field";
import { Notice } from "#/ui/Notice";
import { submitted } from "#/ui/submitted";
import { Table } from "#/ui/Table";
import sheet from "../administration.module.css";
import { GiftsList } from "./GiftsList";
import { useProviderName } from "./ProvidersTable";

const css = classes(sheet);

export function TrialSection({ provider }: { readonly provider: Provider }) {
  const t = useTranslations("ldap");
  const name = useProviderName()(provider);
  const attempt = useTryDirectory(provider.id);
  return (
    <section className={css("section")} aria-labelledby="trial-title">
      <h2 id="trial-title" className={css("title")}>
        {t("trial", { name })}
      </h2>
      <p className={css("words")}>{t("trialWords")}</p>
      <form
        className={css("form", "claims")}
        aria-labelledby="trial-title"
        onSubmit={(event) => attempt.mutate(submitted<"login">(event).login.trim())}
      >
        <Field
          label={t("login")}
          hint={t("loginHint")}
          name="login"
          maxLength={256}
          autoComplete="off"
          spellCheck={false}
        />
        <div>
          <Button type="submit" busy={attempt.isPending}>
            {t("tryIt")}
          </Button>
        </div>
      </form>
      {attempt.error && <ErrorNotice error={attempt.error} />}
      <div aria-live="polite">{attempt.data && <Tried tried={attempt.data} />}</div>
    </section>
  );
}

function Tried({ tried }: { readonly tried: DirectoryTried }) {
  const t = useTranslations();
  return (
    <div className={css("form")}>
      <Table
        caption={t("ldap.servers")}
        rows={tried.servers}
        rowKey={({ address }) => address}
        empty=""
        columns={[
          { name: t("ldap.server"), heading: true, cell: ({ address }) => address },
          { name: t("ldap.state"), cell: ({ state }) => <State state={state} /> },
        ]}
      />
      {tried.found === false && <Notice meaning="caution">{t("ldap.notFound")}</Notice>}
      {tried.disabled && <Notice meaning="caution">{t("ldap.disabled")}</Notice>}
      {tried.found && (
        <>
          <h3 className={css("subtitle")}>{t("signIn.received")}</h3>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard (WCAG 2.1.1). */}
          <pre className={css("received")} tabIndex={0}>
            {JSON.stringify(tried.claims, null, 2)}
          </pre>
          <h3 className={css("subtitle")}>{t("signIn.given")}</h3>
          <GiftsList gifts={tried.gifts} />
        </>
      )}
    </div>
  );
}

function State({ state }: Pick<DirectoryTried["servers"][number], "state">) {
  const t = useTranslations("ldap");
  const Icon = state === "ready" ? CircleCheck : OctagonX;
  return (
    <span className={css("state")}>
      <Icon aria-hidden="true" className={css("stateIcon", state === "ready" ? "ready" : "unreachable")} />
      {t(`states.${state}`)}
    </span>
  );
}
