/** A person's conversations: the list by pages, one conversation, search, and every change, shown before the server says yes. */
import {
  type InfiniteData,
  type QueryClient,
  useInfiniteQuery,
  useMutation,
  useQuery,
  useQueryClient,
} from "@tanstack/react-query";
import { nextTask } from "#/ui/nextTask";
import { call } from "./call";
import { ApiError, open } from "./http";
import type { Conversation, ConversationPage, Level, LoweredLabel, Summary } from "./types";

const listsKey = ["conversations"] as const;
const listKey = (folderId: string | null) => [...listsKey, { folderId }] as const;
const conversationKey = (id: string) => ["conversation", id] as const;
const searchKey = ["search"] as const;

type Lists = InfiniteData<ConversationPage, string | null>;

const ONE = "/api/conversations/{conversation_id}" as const;
const TITLE_EXPECTED_FOR = 60_000;
const JUST_MADE = 5_000;

export function useConversationList(folderId: string | null) {
  return useInfiniteQuery({
    queryKey: listKey(folderId),
    queryFn: ({ pageParam, signal }) =>
      call("GET", "/api/conversations", {
        query: { folder_id: folderId, cursor: pageParam, limit: 50 },
        signal,
      }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next_cursor,
    refetchInterval: ({ state }) => (state.data && isMoving(state.data) ? 4_000 : false),
  });
}

/** Something will change by itself soon: an answer ends, a title arrives. */
function isMoving({ pages: [first] }: Lists): boolean {
  const since = Date.now() - TITLE_EXPECTED_FOR;
  return first?.items.some((one) => one.running || (!one.title && Date.parse(one.updated_at) > since)) ?? false;
}

export function useConversation(id: string) {
  return useQuery({
    queryKey: conversationKey(id),
    queryFn: ({ signal }) => call("GET", ONE, { ...at(id), signal }),
    // Nothing can be read yet of one that was just made.
    staleTime: ({ state: { data } }) => (data?.turns.length === 0 ? JUST_MADE : 0),
    refetchInterval: ({ state: { data } }) => {
      const closed = data?.turns.some((turn) => turn.state === "answered");
      const recent = data && Date.parse(data.updated_at) > Date.now() - TITLE_EXPECTED_FOR;
      return closed && recent && !data.title ? 4_000 : false;
    },
  });
}

export function useSearch(words: string) {
  return useQuery({
    queryKey: [...searchKey, words],
    queryFn: ({ signal }) => call("GET", "/api/conversations/search", { query: { q: words }, signal }),
    select: (found) => found.items,
    enabled: words.length >= 2,
    placeholderData: (previous) => previous,
  });
}

export interface NewConversation {
  readonly folder_id: string | null;
  readonly level: Level;
  readonly temporary?: boolean;
}

export function useCreateConversation() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: NewConversation) => call("POST", "/api/conversations", { body }),
    onSuccess: (summary) => {
      const empty: Conversation = { ...summary, head_turn_id: null, turns: [], messages: [] };
      client.setQueryData(conversationKey(summary.id), empty);
      void nextTask().then(() => refreshLists(client));
    },
  });
}

export interface ConversationChange {
  readonly title?: string;
  readonly pinned?: boolean;
  readonly folder_id?: string | null;
  readonly head_turn_id?: string;
  readonly level?: Level;
}

export function useUpdateConversation(id: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: ConversationChange) => call("PATCH", ONE, { ...at(id), body }),
    onMutate: async (change) => {
      await client.cancelQueries({ queryKey: conversationKey(id) });
      const before = client.getQueryData<Conversation>(conversationKey(id));
      editConversation(client, id, change);
      return before && only(before, Object.keys(change));
    },
    onSuccess: (summary) => editConversation(client, id, summary),
    onSettled: () => refreshLists(client),
    onError: (_error, _change, before) => {
      // At once: the server that refused may well be out of reach, and a level it does not hold must not stay on screen.
      if (before) editConversation(client, id, before);
      return client.invalidateQueries({ queryKey: conversationKey(id) });
    },
  });
}

/** Nothing changes on screen before the server has said so: it is a decision, with its reason. */
export function useLowerLabel(id: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: LoweredLabel) => call("PATCH", ONE, { ...at(id), body }),
    onSuccess: (summary) => editConversation(client, id, summary),
    onSettled: () => refreshLists(client),
  });
}

function only(conversation: Conversation, names: readonly string[]): Partial<Conversation> {
  return Object.fromEntries(Object.entries(conversation).filter(([name]) => names.includes(name)));
}

export function useDeleteConversation() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => call("DELETE", ONE, at(id)),
    onSuccess: (_, id) => {
      editLists(client, (items) => items.filter((one) => one.id !== id));
      client.removeQueries({ queryKey: conversationKey(id) });
      client.removeQueries({ queryKey: searchKey });
    },
    onSettled: () => refreshLists(client),
  });
}

export function useRestoreConversation() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => call("POST", "/api/conversations/{conversation_id}/restore", at(id)),
    onSuccess: () => refreshLists(client),
  });
}

export function useImportConversations() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: importFile,
    onSuccess: () => refreshLists(client),
  });
}

async function importFile(file: File): Promise<{ readonly items: readonly Summary[] }> {
  const response = await open("POST", "/api/conversations/import", { body: await readJson(file) });
  return await response.json();
}

async function readJson(file: File): Promise<unknown> {
  try {
    return JSON.parse(await file.text());
  } catch {
    throw new ApiError("import_unreadable", 0);
  }
}

/** After a turn has closed: what the server stored is what is shown. */
export function useRefreshConversation(id: string): () => Promise<void> {
  const client = useQueryClient();
  return async () => {
    void refreshLists(client);
    await client.invalidateQueries({ queryKey: conversationKey(id) });
  };
}

export function exportAddress(id: string, format: "json" | "markdown"): string {
  return `/api/conversations/${encodeURIComponent(id)}/export?format=${format}`;
}

export const EXPORT_ALL = "/api/conversations/export";

/**
 * The lists carry the folders too; folders' own changes go through here. A list on its first way here was asked for before
 * the change: it is asked for again (what is invalid is not, while it has never come).
 */
export async function refreshLists(client: QueryClient): Promise<void> {
  await client.cancelQueries({ queryKey: listsKey });
  await client.invalidateQueries({ queryKey: listsKey });
}

function at(id: string) {
  return { path: { conversation_id: id } };
}

function editConversation(client: QueryClient, id: string, change: Partial<Conversation>): void {
  client.setQueryData<Conversation>(conversationKey(id), (known) => (known ? { ...known, ...change } : known));
  const { head_turn_id: _, turns: __, messages: ___, ...summary } = change;
  editLists(client, (items) => items.map((one) => (one.id === id ? { ...one, ...summary } : one)));
}

function editLists(client: QueryClient, edit: (items: readonly Summary[]) => readonly Summary[]): void {
  client.setQueriesData<Lists>({ queryKey: listsKey }, (lists) =>
    lists ? { ...lists, pages: lists.pages.map((page) => ({ ...page, items: edit(page.items) })) } : lists,
  );
}
