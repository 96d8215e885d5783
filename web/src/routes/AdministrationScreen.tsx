/** Administration: persons and invitations; directories; servers and models. */
import { Link, Outlet } from "@tanstack/react-router";
import { usePerson } from "#/api/sessions";
import { ModelsAdministration } from "#/features/administration/ModelsAdministration";
import { PersonsAdministration } from "#/features/administration/PersonsAdministration";
import { ProvisioningAdministration } from "#/features/administration/provisioning/ProvisioningAdministration";
import { ScreenHeader } from "#/features/shell/ScreenHeader";
import { useTranslations } from "#/i18n";
import { classes } from "#/ui/classes";
import { NotFound } from "./NotFound";
import sheet from "./routes.module.css";

const css = classes(sheet);

export function AdministrationScreen() {
  const t = useTranslations("administration");
  const words = useTranslations("provisioning");
  const { is_administrator } = usePerson();
  if (!is_administrator) return <NotFound />;
  return (
    <>
      <div>
        <ScreenHeader title={t("title")} ruled={false} />
        <nav className={css("tabs")} aria-label={t("title")}>
          <Link to="/administration/persons" className={css("tab")}>
            {t("persons")}
          </Link>
          <Link to="/administration/provisioning" className={css("tab")}>
            {words("title")}
          </Link>
          <Link to="/administration/models" className={css("tab")}>
            {t("models")}
          </Link>
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
  ModelsAdministration as ModelsScreen,
  PersonsAdministration as PersonsScreen,
  ProvisioningAdministration as ProvisioningScreen,
};
