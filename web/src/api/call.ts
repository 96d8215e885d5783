/** A typed call: the address, what it takes and what it gives come from the server's own OpenAPI document. */
import type { paths } from "./generated/schema";
import { ApiError, type CallOptions, open, UNREADABLE } from "./http";

type Method = "GET" | "POST" | "PATCH" | "DELETE";

/** The addresses that answer a method. */
type PathOf<M extends Method> = {
  [P in keyof paths]: paths[P] extends { readonly [K in Lowercase<M>]: object } ? P : never;
}[keyof paths];

type Operation<M extends Method, P extends keyof paths> = paths[P][Lowercase<M> & keyof paths[P]];

type PathParameters<O> = O extends { readonly parameters: { readonly path: infer Path } }
  ? { readonly path: Path }
  : object;
type Query<O> = O extends { readonly parameters: { readonly query?: infer Q } } ? NonNullable<Q> : never;
type Json<T> = T extends { readonly content: { readonly "application/json": infer Body } } ? Body : never;
type RequestBody<O> = O extends { readonly requestBody?: infer Body } ? NonNullable<Json<NonNullable<Body>>> : never;

/** The JSON of a success; undefined for an answer without content. */
type Given<O> = O extends { readonly responses: infer Answers }
  ? Answers extends { readonly 204: unknown }
    ? undefined | (Answers extends { readonly 200: infer Answer } ? Json<Answer> : never)
    : Json<Answers[(200 | 201 | 202) & keyof Answers]>
  : never;

type Options<O> = PathParameters<O> & {
  /** A null parameter is left out. */
  readonly query?: { readonly [Name in keyof Query<O>]: Query<O>[Name] | null };
  /** Fields that have a default on the server may be absent. */
  readonly body?: Partial<RequestBody<O>>;
  readonly signal?: AbortSignal;
};

/** Nothing that is asked of the server as a question and an answer takes that long: the line is dead. */
const LONGEST_SECONDS = 120;

export async function call<M extends Method, P extends PathOf<M>>(
  method: M,
  template: P,
  options: Options<Operation<M, P>>,
): Promise<Given<Operation<M, P>>> {
  const { path = {}, ...rest } = options as CallOptions & { readonly path?: Readonly<Record<string, string>> };
  const response = await open(method, fill(template, path), { ...rest, seconds: LONGEST_SECONDS });
  if (response.status === 204) return undefined as Given<Operation<M, P>>;
  try {
    return await response.json();
  } catch {
    throw new ApiError(UNREADABLE, response.status);
  }
}

function fill(template: string, values: Readonly<Record<string, string>>): string {
  return template.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(values[name] ?? ""));
}
