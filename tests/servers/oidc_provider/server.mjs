// The OpenID-certified `oidc-provider` as a stand-in for the national sign-in. The variable OIDC_PROVIDER holds
// {"port", "issuer", "client"} as JSON. Signing keys are new at each start, so a restart is a change of keys.

import { generateKeyPairSync, randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import { text } from "node:stream/consumers";

import Provider, { interactionPolicy } from "oidc-provider";

const { port, issuer, client } = JSON.parse(process.env.OIDC_PROVIDER);
const people = JSON.parse(readFileSync(new URL("people.json", import.meta.url), "utf8"));
const LEVELS = ["LoA1", "LoA2"];

function signingKey() {
  const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  return { ...privateKey.export({ format: "jwk" }), kid: randomUUID(), use: "sig", alg: "RS256" };
}

function askedLevels(params) {
  return (params.acr_values ?? "").split(" ").filter((level) => LEVELS.includes(level));
}

// A session at a lower level than the portal asks for does not answer by itself: the person is asked again.
function policy() {
  const prompts = interactionPolicy.base();
  const { REQUEST_PROMPT, NO_NEED_TO_PROMPT } = interactionPolicy.Check;
  const tooLow = ({ oidc }) => {
    const asked = askedLevels(oidc.params);
    const enough = asked.length === 0 || asked.some((level) => level <= (oidc.acr ?? ""));
    return enough || oidc.result?.login ? NO_NEED_TO_PROMPT : REQUEST_PROMPT;
  };
  prompts.get("login").checks.add(new interactionPolicy.Check("level", "a higher level is asked for", tooLow));
  return prompts;
}

async function findAccount(_, id) {
  return people[id] && { accountId: id, claims: () => ({ sub: id, ...people[id].claims }) };
}

async function grantEverything({ oidc }) {
  const grant = new oidc.provider.Grant({ clientId: oidc.client.clientId, accountId: oidc.session.accountId });
  grant.addOIDCScope("openid");
  await grant.save();
  return grant;
}

const page = (content) => `<!DOCTYPE html><html lang="vi"><title>Nhà cung cấp thử</title><main>${content}</main></html>`;

function choice(params) {
  const wanted = askedLevels(params).at(-1) ?? LEVELS[0];
  const options = LEVELS.map((level) => `<option${level === wanted ? " selected" : ""}>${level}</option>`);
  const buttons = Object.entries(people).map(
    ([id, { claims }]) => `<button name="person" value="${id}">${claims.TenDoanhNghiep ?? claims.HoVaTen}</button>`,
  );
  return page(
    `<h1>Chọn người</h1><form method="post"><label>Mức <select name="level">${options.join("")}</select></label>` +
      `${buttons.join("")}<button name="refuse" value="1">Từ chối</button></form>`,
  );
}

function outcome(form) {
  if (form.has("refuse")) return { error: "access_denied", error_description: "the person refused" };
  const accountId = form.get("person");
  const level = LEVELS[Math.min(LEVELS.indexOf(form.get("level")) + 1, people[accountId].highest) - 1];
  return { login: { accountId, acr: level, amr: ["pwd"] } };
}

const provider = new Provider(issuer, {
  clients: [{ ...client, token_endpoint_auth_method: "client_secret_post" }],
  jwks: { keys: [signingKey()] },
  cookies: { keys: ["signs the cookies of a test"] },
  pkce: { required: () => true },
  acrValues: LEVELS,
  claims: { openid: ["sub", ...new Set(Object.values(people).flatMap(({ claims }) => Object.keys(claims)))] },
  features: {
    devInteractions: { enabled: false },
    backchannelLogout: { enabled: true },
    revocation: { enabled: true },
    rpInitiatedLogout: {
      enabled: true,
      logoutSource: (ctx, form) => {
        const button = '<button type="submit" form="op.logoutForm" name="logout" value="yes">Đăng xuất</button>';
        ctx.body = page(`<h1>Đăng xuất?</h1>${form}${button}`);
      },
      postLogoutSuccessSource: (ctx) => {
        ctx.body = page("<h1>Đã đăng xuất ở nhà cung cấp</h1>");
      },
    },
  },
  interactions: { policy: policy(), url: (_, { uid }) => `/chon/${uid}` },
  findAccount,
  loadExistingGrant: grantEverything,
  // As it comes, it refuses addresses of this very machine; the portal of a test has no other.
  fetch: (url, { dispatcher, ...options }) => globalThis.fetch(url, options),
});

provider.use(async (ctx, next) => {
  if (!ctx.path.startsWith("/chon/")) return next();
  const { params } = await provider.interactionDetails(ctx.req, ctx.res);
  if (ctx.method === "GET") {
    ctx.body = choice(params);
    return undefined;
  }
  ctx.respond = false;
  const form = new URLSearchParams(await text(ctx.req));
  return provider.interactionFinished(ctx.req, ctx.res, outcome(form), { mergeWithLastSubmission: false });
});

provider.listen(port, "127.0.0.1");
