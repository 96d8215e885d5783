/** Who is signed in: reading it, signing in and out, and the two one-time ways in. */
import { type QueryClient, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { call } from "./call";
import { expiredKey } from "./client";
import { ApiError, SIGNED_OUT } from "./http";
import { useOwnPolicy } from "./policies";
import type { Language, OwnPolicy, Right, Session } from "./types";

export const sessionKey = ["session", "current"] as const;

export function useInstallation() {
  return useQuery({
    queryKey: ["installation"],
    queryFn: ({ signal }) => call("GET", "/api/installation", { signal }),
    staleTime: 5 * 60_000,
  });
}

/** The session, or null when nobody is signed in. */
export function useSession() {
  return useQuery({
    queryKey: sessionKey,
    queryFn: ({ signal }) => readSession(signal),
    staleTime: 5 * 60_000,
    gcTime: Number.POSITIVE_INFINITY,
  });
}

async function readSession(signal: AbortSignal): Promise<Session | null> {
  try {
    return await call("GET", "/api/sessions/current", { signal });
  } catch (error) {
    if (error instanceof ApiError && error.code === SIGNED_OUT) return null;
    throw error;
  }
}

/** The person signed in; only for screens behind the gate. */
export function usePerson(): Session["person"] {
  return useSignedIn().person;
}

/** The level of a new conversation, and the highest one, of the institution and of one's units; only behind the gate. */
export function useLevels(): Pick<Session, "default_level" | "highest_level"> {
  const session = useSignedIn();
  const { data: own } = useOwnPolicy();
  return own ?? session;
}

/** The names of levels: of those that are renamed, and of each that is added; only behind the gate. */
export function useLevelNames(): Session["level_names"] {
  return useSignedIn().level_names;
}

/** What the replacement of names may change, where the installation offers it; only behind the gate. */
export function usePseudonymRule(): Session["pseudonyms"] {
  return useSignedIn().pseudonyms;
}

/** Whether one's units require it, offer it or refuse it; undefined while it is not known. */
export function useNamesRule(): OwnPolicy["names"] | undefined {
  return useOwnPolicy().data?.names;
}

export interface Held {
  /** On some unit at least, or everywhere: what opens a screen. */
  readonly somewhere: (right: Right) => boolean;
  /** On everything: what concerns no unit in particular needs it. */
  readonly everywhere: (right: Right) => boolean;
}

/** The rights of the person signed in; the server checks each again, on the object itself. Only behind the gate. */
export function useHeld(): Held {
  const { rights, rights_everywhere } = useSignedIn();
  return {
    somewhere: (right) => rights.includes(right),
    everywhere: (right) => rights_everywhere.includes(right),
  };
}

/** The rights that the person holds, on some unit at least; only behind the gate. */
export function useRights(): Session["rights"] {
  return useSignedIn().rights;
}

function useSignedIn(): Session {
  const { data } = useSession();
  if (!data) throw new Error("only for signed-in screens");
  return data;
}

/** True once the server no longer knows the session this page was using. */
export function useSessionExpired(): boolean {
  const { data } = useQuery({
    queryKey: expiredKey,
    queryFn: () => false,
    initialData: false,
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: Number.POSITIVE_INFINITY,
  });
  return data;
}

export interface Credentials {
  readonly email: string;
  readonly password: string;
}

export function useSignIn() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: Credentials) => call("POST", "/api/sessions", { body }),
    onSuccess: (session) => enter(client, session),
  });
}

export interface DirectoryCredentials {
  readonly code: string;
  readonly name: string;
  readonly password: string;
}

/** Sign in with the name and the password of a directory; the session is read once it is open. */
export function useDirectorySignIn() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async ({ code, ...body }: DirectoryCredentials) => {
      await call("POST", "/api/sign-in/{code}/password", { path: { code }, body });
      return await call("GET", "/api/sessions/current", {});
    },
    onSuccess: (session) => enter(client, session),
  });
}

export interface FirstAdministrator extends Credentials {
  readonly secret: string;
  readonly name: string;
}

export function useCreateFirstAdministrator() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: FirstAdministrator) => call("POST", "/api/installation/administrator", { body }),
    onSuccess: (session) => enter(client, session),
  });
}

export interface Acceptance {
  readonly token: string;
  readonly name: string;
  readonly password: string;
  readonly language: Language;
}

export function useAcceptInvitation() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: Acceptance) => call("POST", "/api/invitations/accept", { body }),
    onSuccess: (session) => enter(client, session),
  });
}

export function useSignOut() {
  return useMutation({ mutationFn: () => call("DELETE", "/api/sessions/current", {}) });
}

/** Begin to sign in at a provider: the browser goes there, and comes back to `return_to`. */
export function useBeginSignIn() {
  return useMutation({ mutationFn: beginSignIn });
}

export interface SignInStart {
  readonly code: string;
  readonly return_to: string;
  readonly silent?: boolean;
  readonly language: Language;
}

export async function beginSignIn({ code, ...body }: SignInStart): Promise<string> {
  const { address } = await call("POST", "/api/sign-in/{code}", { path: { code }, body });
  return address;
}

/** Open the local form for the sealed account, with the secret of the envelope. */
export function useUnseal() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (secret: string) => call("POST", "/api/emergency", { body: { secret } }),
    onSuccess: () => client.invalidateQueries({ queryKey: ["installation"] }),
  });
}

export function useUpdatePerson() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: { readonly name?: string; readonly language?: Language }) =>
      call("PATCH", "/api/persons/current", { body }),
    onSuccess: (person) =>
      client.setQueryData<Session | null>(sessionKey, (known) => (known ? { ...known, person } : known)),
  });
}

export function useChangePassword() {
  return useMutation({
    mutationFn: (body: { readonly current: string; readonly new: string }) =>
      call("POST", "/api/persons/current/password", { body }),
  });
}

/** The same person coming back finds everything in place; another one starts from an empty cache. */
function enter(client: QueryClient, session: Session): void {
  const known = client.getQueryData<Session | null>(sessionKey);
  if (known && known.person.id !== session.person.id) client.removeQueries({ predicate: isOfAPerson });
  client.setQueryData(sessionKey, session);
  client.setQueryData(expiredKey, false);
  void client.invalidateQueries({ predicate: isOfAPerson });
}

function isOfAPerson({ queryKey: [first] }: { queryKey: readonly unknown[] }): boolean {
  return first !== "session" && first !== "connection" && first !== "health";
}
