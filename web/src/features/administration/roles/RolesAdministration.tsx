/** The roles: what each allows, how many hold it; made and changed by whoever manages the installation. */
import { Pencil, Plus, Trash2 } from "lucide-react";
import { useState } from "react";
import { useDeleteRole, useRoles } from "#/api/roles";
import { useHeld } from "#/api/sessions";
import type { Role } from "#/api/types";
import { ErrorNotice } from "#/features/errors/ErrorNotice";
import { useErrorToast } from "#/features/errors/useErrorToast";
import { useTranslations } from "#/i18n";
import { Button } from "#/ui/Button";
import { classes } from "#/ui/classes";
import { useLive } from "#/ui/Live";
import sheet from "../administration.module.css";
import { DeleteDialog } from "../DeleteDialog";
import { RightsList } from "./RightsList";
import { RoleDialog } from "./RoleDialog";
import { useRightWords, useRoleName } from "./rightWords";

const css = classes(sheet);

export function RolesAdministration() {
  const t = useTranslations("roles");
  const roles = useRoles();
  const why = useWhyNotEdit();
  const [edited, setEdited] = useState<Role | "new" | null>(null);
  return (
    <section className={css("section")} aria-labelledby="roles-title">
      <div className={css("head")}>
        <h2 id="roles-title" className={css("title")}>
          {t("title")}
        </h2>
        <Button look="primary" icon={Plus} why={why} onPress={() => setEdited("new")}>
          {t("add")}
        </Button>
      </div>
      <p className={css("words")}>{t("words")}</p>
      {roles.error && <ErrorNotice error={roles.error} onRetry={() => void roles.refetch()} />}
      <ul className={css("cards")}>
        {roles.data?.items.map((role) => (
          <RoleCard key={role.id} role={role} onEdit={() => setEdited(role)} />
        ))}
      </ul>
      {edited && roles.data && (
        <RoleDialog
          role={edited === "new" ? null : edited}
          ofTheInstallation={roles.data.installation_rights}
          onClose={() => setEdited(null)}
        />
      )}
    </section>
  );
}

function useWhyNotEdit(): string | null {
  const held = useHeld();
  const { missing } = useRightWords();
  return held.everywhere("installation.manage") ? null : missing("installation.manage");
}

function RoleCard({ role, onEdit }: { readonly role: Role; readonly onEdit: () => void }) {
  const t = useTranslations("roles");
  const name = useRoleName()(role);
  const why = useWhyNotEdit();
  const { toast } = useLive();
  const tell = useErrorToast();
  const remove = useDeleteRole();
  const [deleting, setDeleting] = useState(false);
  const { holders } = role;
  const kept = role.is_builtin ? t("shippedStays") : holders ? t("inUse", { count: holders }) : null;
  const onDelete = () => void remove.mutateAsync(role.id).then(() => toast({ words: t("deleted", { name }) }), tell);
  return (
    <li className={css("card")} aria-labelledby={`role-${role.id}`}>
      <div>
        <h3 id={`role-${role.id}`} className={css("cardTitle")}>
          {name}
        </h3>
        <p className={css("cardHolders")}>
          {role.is_default ? t("holdersAll") : holders !== null && t("holders", { count: holders })}
          {role.is_builtin && <span className={css("tag")}>{t("shipped")}</span>}
        </p>
      </div>
      <RightsList rights={role.rights} />
      <span className={css("buttons")}>
        <Button small icon={Pencil} why={why} onPress={onEdit} aria-label={t("editOf", { name })}>
          {t("edit")}
        </Button>
        <Button
          small
          icon={Trash2}
          why={why ?? kept}
          onPress={() => setDeleting(true)}
          aria-label={t("deleteOf", { name })}
        >
          {t("delete")}
        </Button>
      </span>
      <DeleteDialog
        isOpen={deleting}
        onClose={() => setDeleting(false)}
        title={t("deleteTitle", { name })}
        words={t("deleteWords")}
        onDelete={onDelete}
      />
    </li>
  );
}
