/** Keys as a list: what each is for, how far it reaches, when it last served, and what may be done with it. */
import { CircleCheck, CircleOff, Ellipsis, Hourglass, KeyRound, RefreshCw, UserCheck } from "lucide-react";
import { useState } from "react";
import { useTakeKeyOver } from "#/api/keys";
import { usePerson } from "#/api/sessions";
import type { Key } from "#/api/types";
import { useErrorToast } from "#/features/errors/useErrorToast";
import { useFormatter, useTranslations } from "#/i18n";
import { IconButton } from "#/ui/Button";
import { classes } from "#/ui/classes";
import { useLive } from "#/ui/Live";
import { Menu, MenuAction } from "#/ui/Menu";
import { type Column, type Order, Table } from "#/ui/Table";
import { RevokeDialog, RotateDialog } from "./KeyActions";
import { type KeyState, ROUTES, stateOf } from "./keyState";
import sheet from "./keys.module.css";

const css = classes(sheet);
const icons = { active: CircleCheck, expired: Hourglass, revoked: CircleOff } as const;

interface KeysTableProps {
  readonly keys: readonly Key[];
  /** Keys of units: whose each is shows too, and it can be taken over. */
  readonly ofUnits?: boolean;
  /** How the server orders them; absent: they are few, the newest first. */
  readonly order?: Order;
  /** What is said in the place of no key, when it is not that there is none. */
  readonly none?: string | false;
}

export function KeysTable({ keys, ofUnits = false, order, none = false }: KeysTableProps) {
  const t = useTranslations("keys");
  const format = useFormatter();
  const day = (time: string) => format.dateTime(new Date(time), { dateStyle: "medium" });
  const whose: Column<Key>[] = ofUnits
    ? [
        { order: "unit", under: true, name: t("unit"), cell: (key) => key.unit_name },
        { order: "owner", under: true, name: t("owner"), cell: (key) => key.owner_name },
      ]
    : [];
  return (
    <Table
      caption={t("key")}
      {...(order && { order })}
      rows={keys}
      rowKey={(key) => key.id}
      empty={none || t(ofUnits ? "noneOfUnits" : "none")}
      columns={[
        { order: "name", name: t("name"), heading: true, cell: (key) => <Named keyOf={key} /> },
        ...whose,
        { order: "state", name: t("state"), cell: (key) => <State state={stateOf(key)} /> },
        {
          order: "last_use",
          under: true,
          name: t("lastUse"),
          cell: (key) => (key.last_used_at ? day(key.last_used_at) : t("never")),
        },
        { order: "end", under: true, name: t("ends"), cell: (key) => day(key.revoked_at ?? key.expires_at) },
        {
          name: t("actionsOf", { name: "" }).trim(),
          quiet: true,
          align: "end",
          cell: (key) => (stateOf(key) === "active" ? <Actions keyOf={key} ofUnits={ofUnits} /> : null),
        },
      ]}
    />
  );
}

function Named({ keyOf }: { readonly keyOf: Key }) {
  return (
    <>
      <div>{keyOf.name}</div>
      <div className={css("prefix", "soft")}>{`${keyOf.prefix}…`}</div>
      <Scope keyOf={keyOf} />
    </>
  );
}

function Scope({ keyOf: { models, routes } }: { readonly keyOf: Key }) {
  const t = useTranslations("keys");
  const reach = models ? t("modelCount", { count: models.length }) : t("everyModel");
  const uses = routes.length === ROUTES.length ? t("allUses") : t("useCount", { count: routes.length });
  return <div className={css("soft")} title={models?.join(", ")}>{`${reach}, ${uses}`}</div>;
}

function State({ state }: { readonly state: KeyState }) {
  const t = useTranslations("keys");
  const Icon = icons[state];
  return (
    <span className={css("state")}>
      <Icon aria-hidden="true" className={css("icon", state === "active" && "active")} />
      {t(`states.${state}`)}
    </span>
  );
}

function Actions({ keyOf, ofUnits }: { readonly keyOf: Key; readonly ofUnits: boolean }) {
  const t = useTranslations("keys");
  const { toast } = useLive();
  const onError = useErrorToast();
  const person = usePerson();
  const take = useTakeKeyOver();
  const [doing, setDoing] = useState<"rotate" | "revoke" | null>(null);
  const label = t("actionsOf", { name: keyOf.name });
  return (
    <>
      <Menu label={label} placement="bottom end" trigger={<IconButton small label={label} icon={Ellipsis} />}>
        <MenuAction icon={RefreshCw} onAction={() => setDoing("rotate")}>
          {t("rotate")}
        </MenuAction>
        {ofUnits && keyOf.owner_id !== person.id && (
          <MenuAction
            icon={UserCheck}
            onAction={() =>
              take.mutate(keyOf.id, { onSuccess: () => toast({ words: t("taken", { name: keyOf.name }) }), onError })
            }
          >
            {t("take")}
          </MenuAction>
        )}
        <MenuAction icon={KeyRound} danger onAction={() => setDoing("revoke")}>
          {t("revoke")}
        </MenuAction>
      </Menu>
      {doing === "rotate" && <RotateDialog keyOf={keyOf} onClose={() => setDoing(null)} />}
      {doing === "revoke" && <RevokeDialog keyOf={keyOf} onClose={() => setDoing(null)} />}
    </>
  );
}
