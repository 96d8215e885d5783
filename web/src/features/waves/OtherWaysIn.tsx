/** Under the sign-in form: a code to use, or, where registrations are taken, a form to ask for access. */
import { useRegistration } from "#/api/waves";
import type { OneTimeLink } from "#/features/identity/oneTimeLink";
import { useTranslations } from "#/i18n";
import { Button } from "#/ui/Button";

export function OtherWaysIn({ onLink }: { readonly onLink: (link: OneTimeLink) => void }) {
  const t = useTranslations("doors");
  const { data } = useRegistration();
  return (
    <>
      <Button look="quiet" wide onPress={() => onLink({ kind: "activation", token: null })}>
        {t("activation")}
      </Button>
      {data?.open && (
        <Button look="quiet" wide onPress={() => onLink({ kind: "registration", token: null })}>
          {t("registration")}
        </Button>
      )}
    </>
  );
}
