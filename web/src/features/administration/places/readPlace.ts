/** A place as its form says it: the fields of its kind, and a credential that is never read back. */
import type { DeclaredPlace, PlaceChange, PlaceCredential } from "#/api/types";

export type Kind = DeclaredPlace["kind"];
export type Way = "kept" | "none" | PlaceCredential["kind"];

export const KINDS: readonly Kind[] = ["folder", "bucket", "webdav", "site"];
export const WAYS = {
  folder: ["none"],
  bucket: ["access_keys", "none"],
  webdav: ["login", "token", "none"],
  site: ["none", "login"],
} as const satisfies Record<Kind, readonly Way[]>;

export type PlaceFieldName =
  | "name"
  | "root"
  | "witness"
  | "endpoint"
  | "bucket"
  | "prefix"
  | "region"
  | "address"
  | "pages"
  | "ca_certificate"
  | "way"
  | "user"
  | "password"
  | "token"
  | "access_key"
  | "secret_key"
  | "rights_required";

export type PlaceFields = Readonly<Partial<Record<PlaceFieldName, string>>>;

/** What is sent: a credential that is kept is not said at all. */
export function readPlace(kind: Kind, before: DeclaredPlace | null, fields: PlaceFields) {
  const credential = readCredential(fields);
  return {
    name: (fields.name ?? "").trim(),
    declared: readDeclared(kind, before, fields),
    rights_required: fields.rights_required === "on",
    ...(credential === undefined ? {} : { credential }),
  } satisfies PlaceChange;
}

/** What the form does not show stays as it was. */
function readDeclared(kind: Kind, before: DeclaredPlace | null, fields: PlaceFields): DeclaredPlace {
  const text = (name: PlaceFieldName) => (fields[name] ?? "").trim();
  const authority = { ca_certificate: text("ca_certificate") || null };
  switch (kind) {
    case "folder":
      return { kind, root: text("root"), witness: text("witness") || null };
    case "bucket": {
      const where = { endpoint: text("endpoint"), bucket: text("bucket"), prefix: text("prefix") };
      return { kind, ...where, region: text("region") || "us-east-1", ...authority };
    }
    case "webdav":
      return { kind, address: text("address"), ...authority };
    case "site": {
      const { depth, pause_seconds } = before?.kind === "site" ? before : { depth: 6, pause_seconds: 0.5 };
      const where = { address: text("address"), prefix: text("prefix") || null };
      return { kind, ...where, pages: Number(text("pages")) || 2000, depth, pause_seconds, ...authority };
    }
  }
}

function readCredential(fields: PlaceFields): PlaceCredential | null | undefined {
  const said = (name: PlaceFieldName) => fields[name] ?? "";
  switch (said("way")) {
    case "kept":
      return undefined;
    case "login":
      return { kind: "login", user: said("user"), password: said("password") };
    case "token":
      return { kind: "token", token: said("token") };
    case "access_keys":
      return { kind: "access_keys", access_key: said("access_key"), secret_key: said("secret_key") };
    default:
      return null;
  }
}

/** Where a place is, in one line. */
export function whereOf(declared: DeclaredPlace): string {
  switch (declared.kind) {
    case "folder":
      return declared.root;
    case "bucket":
      return [declared.endpoint.replace(/\/+$/, ""), declared.bucket, declared.prefix].filter(Boolean).join("/");
    default:
      return declared.address;
  }
}
