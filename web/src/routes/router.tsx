/** The addresses of the signed-in part; most are fetched when they are opened. */
import { createRoute, createRouter, lazyRouteComponent } from "@tanstack/react-router";
import { readSearch } from "#/features/collections/search";
import { readDesk } from "#/features/writing/search";
import { withWords } from "#/i18n";
import { administrationTree } from "./administration";
import { Broken } from "./Broken";
import { ConversationScreen } from "./ConversationScreen";
import { HomeScreen } from "./HomeScreen";
import { NotFound } from "./NotFound";
import { root } from "./root";

const bases = withWords(["bases", "connections", "panel"], () => import("./CollectionsScreen"));
const scholarlyDesk = withWords(["panel", "papers"], () => import("./ScholarlyScreen"));
const researches = withWords(["desk", "research"], () => import("./ResearchScreen"));
const desk = withWords(["bases", "desk", "panel"], () => import("./WritingScreen"));
const drafts = withWords(["bases", "desk"], () => import("./DraftingScreen"));
const ownSettings = withWords(["privacy", "reports", "settings"], () => import("./SettingsScreen"));

const home = createRoute({ getParentRoute: () => root, path: "/", component: HomeScreen });

const conversation = createRoute({
  getParentRoute: () => root,
  path: "/c/$conversationId",
  component: () => <ConversationScreen id={conversation.useParams().conversationId} />,
});

const collections = createRoute({
  getParentRoute: () => root,
  path: "/bases",
  component: lazyRouteComponent(bases, "CollectionsScreen"),
});

/** The folder and the filters are in the address: a place in a base can be kept as a bookmark, and handed to someone. */
const collection = createRoute({
  getParentRoute: () => root,
  path: "/bases/$collectionId",
  validateSearch: readSearch,
  component: lazyRouteComponent(bases, "CollectionScreen"),
});

const scholarly = createRoute({
  getParentRoute: () => root,
  path: "/recherche-savante",
  component: lazyRouteComponent(scholarlyDesk, "ScholarlyScreen"),
});

const research = createRoute({
  getParentRoute: () => root,
  path: "/recherche-approfondie",
  component: lazyRouteComponent(researches, "ResearchScreen"),
});

const oneResearch = createRoute({
  getParentRoute: () => root,
  path: "/recherche-approfondie/$researchId",
  component: lazyRouteComponent(researches, "OneResearchScreen"),
});

const writing = createRoute({
  getParentRoute: () => root,
  path: "/bureau",
  validateSearch: readDesk,
  component: lazyRouteComponent(desk, "WritingScreen"),
});

const drafting = createRoute({
  getParentRoute: () => root,
  path: "/bureau/rediger",
  component: lazyRouteComponent(drafts, "DraftingScreen"),
});

const draft = createRoute({
  getParentRoute: () => root,
  path: "/bureau/rediger/$draftId",
  component: lazyRouteComponent(drafts, "DraftScreen"),
});

const template = createRoute({
  getParentRoute: () => root,
  path: "/bureau/modeles/$templateId",
  component: lazyRouteComponent(drafts, "TemplateScreen"),
});

const work = createRoute({
  getParentRoute: () => root,
  path: "/bureau/$workId",
  component: lazyRouteComponent(desk, "WorkScreen"),
});

const glossary = createRoute({
  getParentRoute: () => root,
  path: "/bureau/glossaires/$glossaryId",
  component: lazyRouteComponent(desk, "GlossaryScreen"),
});

const settings = createRoute({
  getParentRoute: () => root,
  path: "/settings",
  component: lazyRouteComponent(ownSettings, "SettingsScreen"),
});

export const router = createRouter({
  routeTree: root.addChildren([
    home,
    conversation,
    collections,
    collection,
    scholarly,
    research,
    oneResearch,
    writing,
    glossary,
    work,
    drafting,
    draft,
    template,
    settings,
    administrationTree,
  ]),
  defaultNotFoundComponent: NotFound,
  defaultErrorComponent: Broken,
  defaultPreload: "intent",
  scrollRestoration: false,
});

declare module "@tanstack/react-router" {
  interface Register {
    router: typeof router;
  }
}
