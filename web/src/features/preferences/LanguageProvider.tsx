/** Gives the page its words: the person's language once signed in, this device's choice before. */
import { type ReactNode, useEffect, useMemo, useState } from "react";
import { I18nProvider } from "react-aria-components";
import { IntlProvider } from "use-intl";
import { useSession } from "#/api/sessions";
import { type Locale, loadMessages, type Messages } from "#/i18n";
import { withLevelNames } from "./levelNames";
import { setPreferences, usePreferences } from "./preferences";

interface Words {
  readonly locale: Locale;
  readonly messages: Messages;
}

export function LanguageProvider({ initial, children }: { readonly initial: Words; readonly children: ReactNode }) {
  const [words, setWords] = useState(initial);
  const wanted = useWantedLanguage();
  useEffect(() => {
    if (wanted === words.locale) return;
    let current = true;
    loadMessages(wanted).then(
      (messages) => current && setWords({ locale: wanted, messages }),
      () => undefined, // The server is away: the page keeps its present words, and asks again at the next change.
    );
    return () => {
      current = false;
    };
  }, [wanted, words.locale]);
  const renamed = useSession().data?.level_names;
  const messages = useMemo(() => withLevelNames(words.messages, words.locale, renamed), [words, renamed]);
  useEffect(() => {
    document.documentElement.lang = words.locale;
  }, [words.locale]);
  return (
    <IntlProvider locale={words.locale} messages={messages} timeZone={timeZone}>
      <I18nProvider locale={words.locale === "fr" ? "fr-FR" : "en-US"}>{children}</I18nProvider>
    </IntlProvider>
  );
}

const { timeZone } = Intl.DateTimeFormat().resolvedOptions();

function useWantedLanguage(): Locale {
  const { data: session } = useSession();
  const { language } = usePreferences();
  const own = session?.person.language;
  useEffect(() => {
    if (own && own !== language) setPreferences({ language: own });
  }, [own, language]);
  return own ?? language;
}
