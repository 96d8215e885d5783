/** Ways to sign in: providers, and for the one looked at, its rules and its last sign-ins. */
import { Plus } from "lucide-react";
import { useState } from "react";
import { useProviders } from "#/api/providers";
import type { Provider } from "#/api/types";
import { ErrorNotice } from "#/features/errors/ErrorNotice";
import { useTranslations } from "#/i18n";
import { Button } from "#/ui/Button";
import { classes } from "#/ui/classes";
import sheet from "../administration.module.css";
import { DirectoryDialog } from "./DirectoryDialog";
import { ProviderDialog } from "./ProviderDialog";
import { ProvidersTable } from "./ProvidersTable";
import { RulesSection } from "./RulesSection";
import { SignInsSection } from "./SignInsSection";
import { TreeSection } from "./TreeSection";
import { TrialSection } from "./TrialSection";

const css = classes(sheet);

export function SignInAdministration() {
  const t = useTranslations("signIn");
  const ldap = useTranslations("ldap");
  const providers = useProviders();
  const [edited, setEdited] = useState<Provider | "openid" | "directory" | null>(null);
  const kind = edited === null || typeof edited === "string" ? edited : edited.kind;
  const known = edited === null || typeof edited === "string" ? null : edited;
  const [lookedAt, setLookedAt] = useState<string | null>(null);
  const shown = providers.data?.items.find(({ id }) => id === lookedAt);
  return (
    <>
      <section className={css("section")} aria-labelledby="providers-title">
        <div className={css("head")}>
          <h2 id="providers-title" className={css("title")}>
            {t("providers")}
          </h2>
          <div className={css("buttons")}>
            <Button icon={Plus} onPress={() => setEdited("directory")}>
              {ldap("add")}
            </Button>
            <Button look="primary" icon={Plus} onPress={() => setEdited("openid")}>
              {t("add")}
            </Button>
          </div>
        </div>
        <p className={css("words")}>{t("words")}</p>
        {providers.error && <ErrorNotice error={providers.error} onRetry={() => void providers.refetch()} />}
        {providers.data && (
          <>
            <p className={css("words")}>{providers.data.local_sign_in ? t("localOn") : t("localOff")}</p>
            <ProvidersTable
              providers={providers.data.items}
              onEdit={setEdited}
              onLook={(provider) => setLookedAt(provider.id)}
            />
          </>
        )}
      </section>
      {shown?.kind === "directory" && <TrialSection key={`trial-${shown.id}`} provider={shown} />}
      {shown && <RulesSection key={`rules-${shown.id}`} provider={shown} />}
      {shown && <SignInsSection key={`sign-ins-${shown.id}`} provider={shown} />}
      {shown?.kind === "directory" && <TreeSection key={`tree-${shown.id}`} provider={shown} />}
      {kind === "openid" && (
        <ProviderDialog
          provider={known}
          afterSignOut={providers.data?.after_sign_out ?? ""}
          onClose={() => setEdited(null)}
          onSaved={(saved) => setLookedAt(saved.id)}
        />
      )}
      {kind === "directory" && (
        <DirectoryDialog provider={known} onClose={() => setEdited(null)} onSaved={setLookedAt} />
      )}
    </>
  );
}
