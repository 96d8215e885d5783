/** Administration: the sections that the person's rights open. */
import { Navigate, Outlet, useLocation } from "@tanstack/react-router";
import { SectionTabs } from "#/features/administration/SectionTabs";
import { sectionAt, useSections } from "#/features/administration/sections";
import { ScreenHeader } from "#/features/shell/ScreenHeader";
import { useTranslations } from "#/i18n";
import { classes } from "#/ui/classes";
import { NotFound } from "./NotFound";
import sheet from "./routes.module.css";

const css = classes(sheet);

export function AdministrationScreen() {
  const t = useTranslations("administration");
  const sections = useSections();
  const { pathname } = useLocation();
  if (!sectionAt(sections, pathname)) return <Elsewhere pathname={pathname} />;
  return (
    <>
      <ScreenHeader title={t("title")} ruled={false} />
      <div className={css("sectioned")}>
        <SectionTabs sections={sections} pathname={pathname} />
        <div className={css("scroll")}>
          <div className={css("column", "wide")}>
            <Outlet />
          </div>
        </div>
      </div>
    </>
  );
}

/** The bare address leads to the first section; any other, to whoever may not open it, nowhere. */
function Elsewhere({ pathname }: { readonly pathname: string }) {
  const [first] = useSections();
  const bare = /^\/administration\/?$/.test(pathname);
  return bare && first ? <Navigate to={first.path} replace /> : <NotFound />;
}

export { KeysAdministration as KeysScreen } from "#/features/administration/KeysAdministration";
export { ModelsAdministration as ModelsScreen } from "#/features/administration/ModelsAdministration";
export { PersonScreen } from "#/features/administration/person/PersonScreen";
export { PersonsAdministration as PersonsScreen } from "#/features/administration/persons/PersonsAdministration";
export { PlacesAdministration as PlacesScreen } from "#/features/administration/places/PlacesAdministration";
export { ProvisioningAdministration as ProvisioningScreen } from "#/features/administration/provisioning/ProvisioningAdministration";
export { RolesAdministration as RolesScreen } from "#/features/administration/roles/RolesAdministration";
export { SignInAdministration as SignInScreen } from "#/features/administration/signIn/SignInAdministration";
export { UnitScreen } from "#/features/administration/units/UnitScreen";
export { UnitsAdministration as UnitsScreen } from "#/features/administration/units/UnitsAdministration";
