// A certified OpenID provider (npm oidc-provider) on a loopback port, for tests.
// One argument, JSON: {port, clients, keys}. Accounts come by POST /control/accounts: {subject: claims}; a status that
// userinfo answers instead of claims (0: none) by POST /control/faults: {userinfo: 503}.
import { createRequire } from "node:module";
import { once } from "node:events";
import { pathToFileURL } from "node:url";

const { port, clients, keys, packages } = JSON.parse(process.argv[2]);
const require = createRequire(`${packages}/`);
const { default: Provider } = await import(pathToFileURL(require.resolve("oidc-provider")));

const accounts = new Map();
const faults = { userinfo: 0 };
const provider = new Provider(`http://localhost:${port}`, {
  clients,
  jwks: { keys },
  cookies: { keys: ["only for tests"] },
  scopes: ["openid", "profile", "email", "offline_access"],
  claims: {
    openid: ["sub", "sid"],
    email: ["email"],
    profile: ["name", "given_name", "usual_name", "locale", "department", "groups", "realm_access"],
  },
  enabledJWA: { idTokenSigningAlgValues: ["RS256", "PS256", "ES256", "EdDSA"], userinfoSigningAlgValues: ["RS256", "ES256"] },
  features: {
    devInteractions: { enabled: false },
    backchannelLogout: { enabled: true },
    jwtUserinfo: { enabled: true },
    rpInitiatedLogout: {
      enabled: true,
      logoutSource: (ctx, form) => {
        const confirmed = '<input type="hidden" name="logout" value="yes"><button>Leave</button></form>';
        ctx.body = `<!doctype html><title>Leave</title>${form.replace("</form>", confirmed)}`;
      },
    },
  },
  ttl: { AccessToken: 600, IdToken: 600, Interaction: 600, Session: 3600, Grant: 3600, RefreshToken: 3600 },
  // Its own refuses loopback addresses, where the tests' service is.
  fetch: (url, { dispatcher: _ours, ...options }) => globalThis.fetch(url, options),
  issueRefreshToken: async (_ctx, client) => client.grantTypeAllowed("refresh_token"),
  interactions: { url: (_ctx, interaction) => `/interaction/${interaction.uid}` },
  findAccount: (_ctx, subject) =>
    accounts.has(subject)
      ? { accountId: subject, claims: () => ({ ...accounts.get(subject), sub: subject }) }
      : undefined,
  loadExistingGrant: async (ctx) => {
    const grant = new ctx.oidc.provider.Grant({ clientId: ctx.oidc.client.clientId, accountId: ctx.oidc.session.accountId });
    grant.addOIDCScope("openid profile email offline_access");
    await grant.save();
    return grant;
  },
});

async function read(request) {
  const parts = [];
  for await (const part of request) parts.push(part);
  return Buffer.concat(parts).toString();
}

provider.use(async (ctx, next) => {
  if (ctx.path === "/control/accounts") {
    for (const [subject, claims] of Object.entries(JSON.parse(await read(ctx.req)))) {
      if (claims === null) accounts.delete(subject);
      else accounts.set(subject, claims);
    }
    ctx.body = {};
  } else if (ctx.path === "/control/faults") {
    Object.assign(faults, JSON.parse(await read(ctx.req)));
    ctx.body = {};
  } else if (ctx.path === "/me" && faults.userinfo) {
    ctx.status = faults.userinfo;
  } else if (ctx.path.startsWith("/interaction/") && ctx.method === "GET") {
    ctx.body = `<!doctype html><html lang="fr"><title>Fournisseur</title><form method="post">
      <label>Identifiant <input name="account"></label><button>Entrer</button><button name="refuse" value="1">Refuser</button></form></html>`;
    ctx.type = "html";
  } else if (ctx.path.startsWith("/interaction/")) {
    const form = new URLSearchParams(await read(ctx.req));
    const result = form.has("refuse")
      ? { error: "access_denied", error_description: "refused" }
      : { login: { accountId: form.get("account") } };
    await provider.interactionFinished(ctx.req, ctx.res, result, { mergeWithLastSubmission: false });
    ctx.respond = false;
  } else {
    await next();
  }
});

provider.on("server_error", (_ctx, error) => console.error(error));
const server = provider.listen(port, "127.0.0.1");
await once(server, "listening");
console.log("listening");
