/** The login inspector: how the last sign-ins went, and for each what was received and given. */
import { CircleCheck, Eye, LogOut, OctagonX, RefreshCw, RotateCw, TriangleAlert } from "lucide-react";
import { useState } from "react";
import { useSignIns } from "#/api/providers";
import type { Provider, SignInRecord } from "#/api/types";
import { ErrorNotice } from "#/features/errors/ErrorNotice";
import { useErrorWords } from "#/features/errors/errorWords";
import { useFormatter, useTranslations } from "#/i18n";
import { Button, IconButton } from "#/ui/Button";
import { classes } from "#/ui/classes";
import { Dialog } from "#/ui/Dialog";
import { ChoiceField, Field } from "#/ui/Field";
import { Table } from "#/ui/Table";
import sheet from "../administration.module.css";
import { useListWords } from "../ListSearch";
import { GiftsList } from "./GiftsList";
import { useProviderName } from "./ProvidersTable";

const css = classes(sheet);
/** What is said of those that are not errors. */
const SAID = {
  signed_in: ["signedIn", CircleCheck, "ready"],
  renewed: ["renewed", RefreshCw, "ready"],
  not_renewed: ["notRenewed", TriangleAlert, "unknown"],
  ended_by_provider: ["endedByProvider", LogOut, "unknown"],
} as const;
type Said = keyof typeof SAID;

export function SignInsSection({ provider }: { readonly provider: Provider }) {
  const t = useTranslations("signIn");
  const name = useProviderName()(provider);
  // Each reading is written in the journal: one a search, not one a key.
  const words = useListWords(800);
  const [only, setOnly] = useState<"failed" | null>(null);
  const signIns = useSignIns(provider.id, words.settled, only);
  const when = useWhen();
  const [looked, setLooked] = useState<SignInRecord | null>(null);
  return (
    <section className={css("section")} aria-labelledby="sign-ins-title">
      <div className={css("head")}>
        <h2 id="sign-ins-title" className={css("title")}>
          {t("signIns", { name })}
        </h2>
        <Button icon={RotateCw} isDisabled={signIns.isFetching} onPress={() => void signIns.refetch()}>
          {t("again")}
        </Button>
      </div>
      <p className={css("words")}>{t("signInsWords")}</p>
      {signIns.error && <ErrorNotice error={signIns.error} onRetry={() => void signIns.refetch()} />}
      <div className={css("filters")}>
        <Field
          label={t("searchSignIns")}
          hint={t("searchSignInsHint")}
          type="text"
          autoComplete="off"
          maxLength={200}
          value={words.typed}
          onChange={(event) => words.type(event.target.value)}
        />
        <ChoiceField
          label={t("outcome")}
          value={only ?? ""}
          onChange={({ target }) => setOnly(target.value === "failed" ? "failed" : null)}
          options={[
            ["", t("anyOutcome")],
            ["failed", t("onlyFailed")],
          ]}
        />
      </div>
      {signIns.data && (
        <Table
          caption={t("signIns", { name })}
          rows={signIns.data.pages.flatMap(({ items }) => items)}
          rowKey={({ id }) => id}
          empty={t("noSignIn")}
          columns={[
            { name: t("when"), heading: true, cell: when },
            { under: true, name: t("who"), cell: ({ person_name }) => person_name ?? t("unknownPerson") },
            { name: t("outcome"), cell: (one) => <Outcome {...one} /> },
            {
              name: t("actions"),
              quiet: true,
              align: "end",
              cell: (one) => <IconButton small label={t("details")} icon={Eye} onPress={() => setLooked(one)} />,
            },
          ]}
        />
      )}
      {signIns.hasNextPage && (
        <Button isDisabled={signIns.isFetchingNextPage} onPress={() => void signIns.fetchNextPage()}>
          {t("more")}
        </Button>
      )}
      {looked && <Details record={looked} onClose={() => setLooked(null)} />}
    </section>
  );
}

function useWhen(): (record: SignInRecord) => string {
  const format = useFormatter();
  return ({ created_at }) => format.dateTime(new Date(created_at), { dateStyle: "medium", timeStyle: "medium" });
}

function Outcome({ outcome, reason }: SignInRecord) {
  const t = useTranslations("signIn");
  const words = useErrorWords();
  const known = outcome in SAID ? SAID[outcome as Said] : null;
  const [said, Icon, look] = known ?? [null, OctagonX, "unreachable"];
  return (
    <span className={css("state")}>
      <Icon aria-hidden="true" className={css("stateIcon", look)} />
      {said ? t(said) : words({ code: outcome, params: reason ? { reason } : {} })}
      {reason !== null && <span className={css("why")}>{t("why", { reason })}</span>}
    </span>
  );
}

function Details({ record, onClose }: { readonly record: SignInRecord; readonly onClose: () => void }) {
  const t = useTranslations();
  const when = useWhen()(record);
  return (
    <Dialog isOpen onClose={onClose} title={t("signIn.detailsTitle", { when })} closeLabel={t("shell.close")} wide>
      <div className={css("form")}>
        <Outcome {...record} />
        <h3 className={css("subtitle")}>{t("signIn.received")}</h3>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard (WCAG 2.1.1). */}
        <pre className={css("received")} tabIndex={0}>
          {JSON.stringify(record.claims, null, 2)}
        </pre>
        <h3 className={css("subtitle")}>{t("signIn.given")}</h3>
        <GiftsList gifts={record.gifts} />
      </div>
    </Dialog>
  );
}
