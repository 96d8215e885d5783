/** Administration: persons and invitations; servers and models; ways to sign in; keys of units’ applications. */
import { Link, Outlet } from "@tanstack/react-router";
import { useHolds, usePerson } from "#/api/sessions";
import { KeysAdministration } from "#/features/administration/KeysAdministration";
import { ModelsAdministration } from "#/features/administration/ModelsAdministration";
import { PersonsAdministration } from "#/features/administration/PersonsAdministration";
import { SignInAdministration } from "#/features/administration/signIn/SignInAdministration";
import { ScreenHeader } from "#/features/shell/ScreenHeader";
import { useTranslations } from "#/i18n";
import { classes } from "#/ui/classes";
import { NotFound } from "./NotFound";
import sheet from "./routes.module.css";

const css = classes(sheet);

export function AdministrationScreen() {
  const t = useTranslations("administration");
  const words = useTranslations("signIn");
  const { is_administrator } = usePerson();
  const holds = useHolds();
  const publishes = holds("charter.publish");
  const manages = holds("waves.manage");
  if (!is_administrator && !publishes && !manages) return <NotFound />;
  return (
    <>
      <div>
        <ScreenHeader title={t("title")} ruled={false} />
        <nav className={css("tabs")} aria-label={t("title")}>
          <Link to="/administration/persons" className={css("tab")}>
            {t("persons")}
          </Link>
          <Link to="/administration/models" className={css("tab")}>
            {t("models")}
          </Link>
          <Link to="/administration/sign-in" className={css("tab")}>
            {words("title")}
          </Link>
          <Link to="/administration/keys" className={css("tab")}>
            {t("keys")}
          </Link>
          {is_administrator && (
            <>
              <Link to="/administration/persons" className={css("tab")}>
                {t("persons")}
              </Link>
              <Link to="/administration/models" className={css("tab")}>
                {t("models")}
              </Link>
            </>
          )}
          {publishes && (
            <Link to="/administration/charter" className={css("tab")}>
              {t("charter")}
            </Link>
          )}
          {manages && (
            <Link to="/administration/waves" className={css("tab")}>
              {t("waves")}
            </Link>
          )}
        </nav>
      </div>
      <div className={css("scroll")}>
        <div className={css("column", "wide")}>
          <Outlet />
        </div>
      </div>
    </>
  );
}

export {
  KeysAdministration as KeysScreen,
  ModelsAdministration as ModelsScreen,
  PersonsAdministration as PersonsScreen,
  SignInAdministration as SignInScreen,
};
