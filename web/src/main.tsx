/**
 * The page starts here: the one-time link leaves the address first, then appearance and words, then the first drawing.
 */
import "@fontsource-variable/atkinson-hyperlegible-next/wght.css";
import "@fontsource-variable/atkinson-hyperlegible-next/wght-italic.css";
import "@fontsource-variable/source-serif-4/wght.css";
import "@fontsource-variable/source-serif-4/wght-italic.css";
import "./ui/tokens.css";
import "./ui/base.css";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { takeOneTimeLink } from "./features/identity/oneTimeLink";
import { applyPreferences, readPreferences } from "./features/preferences/preferences";
import { loadMessages } from "./i18n";
import { App } from "./routes/App";
import { fetchAhead } from "./routes/ahead";

async function start(root: HTMLElement): Promise<void> {
  const link = takeOneTimeLink();
  applyPreferences();
  const { language } = readPreferences();
  document.documentElement.lang = language;
  const words = loadMessages(language);
  fetchAhead(link);
  const messages = await words;
  createRoot(root).render(
    <StrictMode>
      <App link={link} words={{ locale: language, messages }} />
    </StrictMode>,
  );
}

const root = document.getElementById("root");
if (root) void start(root);
