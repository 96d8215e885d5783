/** One person: their account, where they belong, what they hold; and why something may not be done to them. */
import { Link, useParams } from "@tanstack/react-router";
import { ArrowLeft, UserCheck, UserX } from "lucide-react";
import { usePersonDetail } from "#/api/persons";
import { usePerson } from "#/api/sessions";
import type { PersonDetail } from "#/api/types";
import { ErrorNotice } from "#/features/errors/ErrorNotice";
import { useFormatter, useTranslations } from "#/i18n";
import { Button } from "#/ui/Button";
import { classes } from "#/ui/classes";
import sheet from "../administration.module.css";
import { State, useUndoableChange } from "../persons/PersonsTable";
import { useWhen } from "../persons/useWhen";
import { useRightWords } from "../roles/rightWords";
import { PersonRoles } from "./PersonRoles";
import { PersonUnits } from "./PersonUnits";

const css = classes(sheet);

export function PersonScreen() {
  const t = useTranslations("persons");
  const id = useParams({ strict: false }).personId ?? "";
  const person = usePersonDetail(id);
  return (
    <>
      <Link to="/administration/persons" className={css("backLink")}>
        <ArrowLeft aria-hidden="true" className={css("stateIcon")} />
        {t("backToList")}
      </Link>
      {person.error && <ErrorNotice error={person.error} onRetry={() => void person.refetch()} />}
      {person.data && (
        <>
          <Account person={person.data} />
          <PersonUnits person={person.data} />
          <PersonRoles person={person.data} />
        </>
      )}
    </>
  );
}

function Account({ person }: { readonly person: PersonDetail }) {
  const t = useTranslations();
  const format = useFormatter();
  const when = useWhen();
  const facts = [
    [t("administration.email"), person.email ?? "—"],
    [t("administration.state"), <State key="state" state={person.state} />],
    [t("persons.issuer"), person.issuer === "local" ? t("persons.localIssuer") : person.issuer],
    [t("shell.language"), t(`shell.languages.${person.language}`)],
    [t("administration.lastSeen"), person.last_seen_at ? when(person.last_seen_at) : t("administration.never")],
    [t("persons.created"), format.dateTime(new Date(person.created_at), { dateStyle: "long" })],
  ] as const;
  return (
    <section className={css("section")} aria-labelledby="person-title">
      <div className={css("head")}>
        <h2 id="person-title" className={css("personTitle")}>
          {person.name}
        </h2>
        <StateButton person={person} />
      </div>
      <dl className={css("facts")}>
        {facts.map(([name, value]) => (
          <div key={name} className={css("fact")}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

function StateButton({ person }: { readonly person: PersonDetail }) {
  const t = useTranslations("administration");
  const why = useWhyNot(person);
  const apply = useUndoableChange(person);
  const { name, state } = person;
  const active = state === "active";
  return (
    <Button
      look={active ? "danger" : "outline"}
      icon={active ? UserX : UserCheck}
      why={why}
      onPress={() =>
        apply(
          active ? t("disabled", { name }) : t("enabled", { name }),
          { state: active ? "disabled" : "active" },
          { state },
        )
      }
    >
      {active ? t("disable") : t("enable")}
    </Button>
  );
}

function useWhyNot({ id, missing, holds_more }: PersonDetail): string | null {
  const t = useTranslations("persons");
  const me = usePerson();
  const words = useRightWords();
  if (id === me.id) return t("notOneself");
  if (missing !== null) return words.missing(missing);
  return holds_more ? t("holdsMore") : null;
}
