/** Who may sign in, found among very many; what is done to several at once; who has been invited. */
import { getRouteApi } from "@tanstack/react-router";
import { Download, Upload, UserPlus } from "lucide-react";
import { useState } from "react";
import { personsFile, usePersons } from "#/api/persons";
import { useHeld } from "#/api/sessions";
import { ErrorNotice } from "#/features/errors/ErrorNotice";
import { useTranslations } from "#/i18n";
import { Button } from "#/ui/Button";
import { classes } from "#/ui/classes";
import { LinkButton } from "#/ui/LinkButton";
import sheet from "../administration.module.css";
import { ImportDialog } from "../imports/ImportDialog";
import { useRightWords } from "../roles/rightWords";
import { BulkBar } from "./BulkBar";
import { type Filters, readFilters, wanted } from "./filters";
import { InvitationsTable } from "./InvitationsTable";
import { InviteDialog } from "./InviteDialog";
import { LatestActs } from "./LatestActs";
import { PersonFilters } from "./PersonFilters";
import { PersonsTable } from "./PersonsTable";
import { useSelection } from "./useSelection";

const css = classes(sheet);
const route = getRouteApi("/administration/persons");

export function PersonsAdministration() {
  const t = useTranslations();
  const filters = route.useSearch();
  const navigate = route.useNavigate();
  const held = useHeld();
  const { missing } = useRightWords();
  const persons = usePersons(wanted(filters));
  const shown = persons.data?.pages.flatMap((page) => page.items) ?? [];
  const selection = useSelection();
  const [inviting, setInviting] = useState(false);
  const [importing, setImporting] = useState(false);
  const invites = held.everywhere("installation.manage");
  const filter = (next: Filters) => void navigate({ search: next, replace: true });
  return (
    <>
      <section className={css("section")} aria-labelledby="persons-title">
        <div className={css("head")}>
          <h2 id="persons-title" className={css("title")}>
            {t("administration.persons")}
          </h2>
          <span className={css("buttons")}>
            <LinkButton icon={Download} href={personsFile(wanted(filters))} download>
              {t("persons.export")}
            </LinkButton>
            <Button
              icon={Upload}
              why={held.somewhere("persons.manage") ? null : missing("persons.manage")}
              onPress={() => setImporting(true)}
            >
              {t("administration.import")}
            </Button>
            <Button
              look="primary"
              icon={UserPlus}
              why={invites ? null : missing("installation.manage")}
              onPress={() => setInviting(true)}
            >
              {t("administration.invite")}
            </Button>
          </span>
        </div>
        <PersonFilters filters={filters} onChange={filter} />
        {persons.error && <ErrorNotice error={persons.error} onRetry={() => void persons.refetch()} />}
        <BulkBar
          key={JSON.stringify(filters)}
          selection={selection}
          wanted={wanted(filters)}
          more={persons.hasNextPage && shown.every(selection.has)}
        />
        {persons.data && (
          <PersonsTable
            persons={shown}
            selection={selection}
            order={{
              by: filters.order ?? "name",
              onChange: (by) => filter(readFilters({ ...filters, order: by })),
            }}
          />
        )}
        {persons.hasNextPage && (
          <Button busy={persons.isFetchingNextPage} onPress={() => void persons.fetchNextPage()}>
            {t("administration.morePersons")}
          </Button>
        )}
      </section>
      <LatestActs />
      {invites && (
        <section className={css("section")} aria-labelledby="invitations-title">
          <h2 id="invitations-title" className={css("title")}>
            {t("administration.invitations")}
          </h2>
          <InvitationsTable />
        </section>
      )}
      {importing && <ImportDialog onClose={() => setImporting(false)} />}
      {inviting && <InviteDialog onClose={() => setInviting(false)} />}
    </>
  );
}
