/** What a person holds, where and until when; giving a role and taking it back, never beyond what one holds oneself. */
import { Link } from "@tanstack/react-router";
import { KeyRound, Plus, X } from "lucide-react";
import { useState } from "react";
import { useGive, useGrants, useWithdraw } from "#/api/roles";
import { useHeld, usePerson } from "#/api/sessions";
import type { Grant, PersonDetail } from "#/api/types";
import { ErrorNotice } from "#/features/errors/ErrorNotice";
import { useErrorToast } from "#/features/errors/useErrorToast";
import { useFormatter, useTranslations } from "#/i18n";
import { Button } from "#/ui/Button";
import { classes } from "#/ui/classes";
import { Dialog, DialogButtons } from "#/ui/Dialog";
import { useLive } from "#/ui/Live";
import { Notice } from "#/ui/Notice";
import { Table } from "#/ui/Table";
import sheet from "../administration.module.css";
import { useWhen } from "../persons/useWhen";
import { GrantFields, useMissing } from "../roles/GrantFields";
import { EMPTY_GRANT, readGrant } from "../roles/giving";
import { useRightWords, useRoleName } from "../roles/rightWords";
import { useSourceName } from "./sources";

const css = classes(sheet);

export function PersonRoles({ person }: { readonly person: PersonDetail }) {
  const t = useTranslations("persons");
  const held = useHeld();
  const { missing } = useRightWords();
  const grants = useGrants(person.id);
  const [giving, setGiving] = useState(false);
  return (
    <section className={css("section")} aria-labelledby="person-roles">
      <div className={css("head")}>
        <h3 id="person-roles" className={css("cardTitle")}>
          {t("roles")}
        </h3>
        <Button
          small
          icon={Plus}
          why={held.somewhere("roles.grant") ? null : missing("roles.grant")}
          onPress={() => setGiving(true)}
        >
          {t("give")}
        </Button>
      </div>
      <p className={css("words")}>{t("rolesWords")}</p>
      {grants.error && <ErrorNotice error={grants.error} onRetry={() => void grants.refetch()} />}
      {grants.data && <GrantsTable person={person} grants={grants.data} />}
      {giving && <GiveDialog person={person} onClose={() => setGiving(false)} />}
    </section>
  );
}

function GrantsTable({ person, grants }: { readonly person: PersonDetail; readonly grants: readonly Grant[] }) {
  const t = useTranslations();
  const when = useWhen();
  const source = useSourceName();
  const roleName = useRoleName();
  return (
    <Table
      caption={t("persons.roles")}
      rows={grants}
      rowKey={({ id }) => id}
      empty={t("persons.noRole")}
      columns={[
        {
          name: t("administration.role"),
          heading: true,
          cell: (one) => (
            <span className={css("stacked")}>
              {roleName({ name_fr: one.role_name_fr, name_en: one.role_name_en })}
              {one.expires_at !== null && (
                <span className={css("small", "onPhone")}>
                  <Until grant={one} />
                </span>
              )}
            </span>
          ),
        },
        { name: t("roles.where"), cell: (one) => <Where grant={one} /> },
        { name: t("roles.until"), secondary: true, cell: (one) => <Until grant={one} /> },
        { name: t("persons.since"), secondary: true, cell: ({ since }) => when(since) },
        { name: t("persons.source"), secondary: true, cell: (one) => source(one.source) },
        {
          name: t("administration.actions"),
          quiet: true,
          align: "end",
          cell: (one) => <WithdrawButton person={person} grant={one} />,
        },
      ]}
    />
  );
}

function Where({ grant: { unit } }: { readonly grant: Grant }) {
  const t = useTranslations("roles");
  if (!unit) return t("everywhere");
  return (
    <Link to="/administration/units/$unitId" params={{ unitId: unit.id }} className={css("rowLink")}>
      {unit.name}
    </Link>
  );
}

function Until({ grant: { expires_at } }: { readonly grant: Grant }) {
  const t = useTranslations("persons");
  const format = useFormatter();
  if (expires_at === null) return t("forGood");
  const date = format.dateTime(new Date(expires_at), { dateStyle: "long" });
  return new Date(expires_at) < new Date() ? t("expired", { date }) : date;
}

function WithdrawButton({ person, grant }: { readonly person: PersonDetail; readonly grant: Grant }) {
  const t = useTranslations();
  const { toast } = useLive();
  const tell = useErrorToast();
  const withdraw = useWithdraw();
  const give = useGive();
  const role = useRoleName()({ name_fr: grant.role_name_fr, name_en: grant.role_name_en });
  const { role_id, unit, expires_at } = grant;
  const back = () =>
    void give.mutateAsync({ person: person.id, role_id, unit_id: unit?.id ?? null, expires_at }).catch(tell);
  // The promise, for the row may be gone by then, and with it what is given to `mutate`.
  const run = () =>
    void withdraw.mutateAsync({ person: person.id, grant: grant.id }).then(
      () =>
        toast({
          words: t("persons.withdrawn", { name: person.name, role }),
          action: { name: t("administration.undo"), run: back },
          lasts: 15,
        }),
      tell,
    );
  return (
    <Button
      small
      icon={X}
      why={grant.may_withdraw ? null : t("persons.cannotWithdraw")}
      aria-label={t("persons.withdrawOf", { role })}
      onPress={run}
    >
      {t("administration.withdraw")}
    </Button>
  );
}

function GiveDialog({ person, onClose }: { readonly person: PersonDetail; readonly onClose: () => void }) {
  const t = useTranslations();
  const me = usePerson();
  const { toast } = useLive();
  const give = useGive();
  const [draft, setDraft] = useState(EMPTY_GRANT);
  const missing = useMissing(draft);
  const grant = readGrant(draft);
  const run = () =>
    grant &&
    give.mutate(
      { person: person.id, ...grant },
      {
        onSuccess: () => {
          toast({ words: t("persons.given", { name: person.name }) });
          onClose();
        },
      },
    );
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={t("persons.giveTitle", { name: person.name })}
      closeLabel={t("shell.close")}
      wide
    >
      <div className={css("form")}>
        <GrantFields draft={draft} onChange={setDraft} />
        <Notice>{person.id === me.id ? t("persons.giveOneself") : t("persons.giveWords")}</Notice>
        {give.error && <ErrorNotice error={give.error} />}
        <DialogButtons>
          <Button onPress={onClose}>{t("shell.cancel")}</Button>
          <Button
            look="primary"
            icon={KeyRound}
            isDisabled={!grant || missing !== null}
            busy={give.isPending}
            onPress={run}
          >
            {t("persons.giveNow")}
          </Button>
        </DialogButtons>
      </div>
    </Dialog>
  );
}
