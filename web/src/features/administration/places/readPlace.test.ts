import { describe, expect, it } from "vitest";
import { readPlace, whereOf } from "./readPlace";

describe("a place read from its form", () => {
  it("says nothing of a credential that is kept", () => {
    const read = readPlace("webdav", null, { name: " Nuage ", address: "https://a.fr/dav", way: "kept" });
    expect(read).toEqual({
      name: "Nuage",
      declared: { kind: "webdav", address: "https://a.fr/dav", ca_certificate: null },
      rights_required: false,
    });
    expect(readPlace("webdav", null, { address: "https://a.fr", way: "none" })).toHaveProperty("credential", null);
  });

  it("keeps what the form does not show", () => {
    const before = { kind: "site", address: "https://a.fr/", depth: 2, pages: 9, pause_seconds: 3 } as const;
    const read = readPlace("site", before, { address: "https://a.fr/", pages: "50", way: "none" });
    expect(read.declared).toMatchObject({ depth: 2, pause_seconds: 3, pages: 50, prefix: null });
  });

  it("tells where a bucket is", () => {
    const bucket = { kind: "bucket", endpoint: "https://s3.fr/", bucket: "rh", prefix: "notes", region: "r" } as const;
    expect(whereOf(bucket)).toBe("https://s3.fr/rh/notes");
  });
});
