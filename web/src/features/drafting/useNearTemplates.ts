/** The templates in the reader's language, or brought by people; those supplied in another language are apart. */
import type { Template } from "#/api/types";
import { useLocale } from "#/i18n";

export interface NearTemplates {
  readonly near: readonly Template[];
  readonly far: readonly Template[];
}

export function useNearTemplates(items: readonly Template[] = []): NearTemplates {
  const locale = useLocale();
  const isNear = ({ language, owner }: Template) => language === locale || owner !== "installation";
  return { near: items.filter(isNear), far: items.filter((one) => !isNear(one)) };
}
