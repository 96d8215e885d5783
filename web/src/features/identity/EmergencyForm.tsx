/** The link of the sealed envelope: opened on purpose, it lets one account use its password for half an hour. */
import { useUnseal } from "#/api/sessions";
import { ErrorNotice } from "#/features/errors/ErrorNotice";
import { useTranslations } from "#/i18n";
import { Button } from "#/ui/Button";
import { classes } from "#/ui/classes";
import { Entrance } from "./Entrance";
import sheet from "./Entrance.module.css";

const css = classes(sheet);

export function EmergencyForm({ secret, onDone }: { readonly secret: string; readonly onDone: () => void }) {
  const t = useTranslations("identity");
  const unseal = useUnseal();
  return (
    <Entrance title={t("emergencyTitle")} intro={t("emergencyIntro")}>
      <div className={css("form")}>
        {unseal.error && <ErrorNotice error={unseal.error} />}
        <Button
          look="primary"
          wide
          busy={unseal.isPending}
          onPress={() => unseal.mutate(secret, { onSuccess: onDone })}
        >
          {t("emergencyOpen")}
        </Button>
        <Button look="quiet" wide onPress={onDone}>
          {t("toSignIn")}
        </Button>
      </div>
    </Entrance>
  );
}
