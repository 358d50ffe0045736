// An identity provider to test with: oidc-provider, which signs in whoever the test says next.
//
// `node provider.mjs '{"client": …, "secret": …, "redirects": […]}'` says its address on one line. POST /next with
// {"sub": …, "claims": {…}} says who comes; "cancel" ends their sign-in with access_denied, "token" changes claims of the
// identity token (signed anew with the provider's own key), "key": "stranger" signs it with another key of the same name.
import http from "node:http";

import { SignJWT, decodeJwt, exportJWK, generateKeyPair } from "jose";
import { Provider } from "oidc-provider";

const asked = JSON.parse(process.argv[2]);
const KID = "of-the-tests";
const keys = await generateKeyPair("RS256", { extractable: true });
const stranger = await generateKeyPair("RS256", { extractable: true });
const jwk = { ...(await exportJWK(keys.privateKey)), kid: KID, alg: "RS256", use: "sig" };
let next = {};

const server = http.createServer();
await new Promise((ready) => server.listen(0, "127.0.0.1", ready));
const address = `http://127.0.0.1:${server.address().port}`;

const provider = new Provider(address, {
  clients: [{
    client_id: asked.client,
    client_secret: asked.secret,
    redirect_uris: asked.redirects,
    token_endpoint_auth_method: "client_secret_post",
  }],
  jwks: { keys: [jwk] },
  claims: { openid: ["sub"], email: ["email", "email_verified"], profile: ["name"] },
  pkce: { required: () => true },
  cookies: { keys: ["a key for the cookies of the tests"] },
  features: { devInteractions: { enabled: false } },
  interactions: { url: (context, interaction) => `/interaction/${interaction.uid}` },
  findAccount: (context, sub) => ({ accountId: sub, claims: () => ({ sub, ...next.claims }) }),
  async loadExistingGrant(context) {
    const grant = new context.oidc.provider.Grant({
      clientId: context.oidc.client.clientId, accountId: context.oidc.session.accountId,
    });
    grant.addOIDCScope("openid email profile");
    await grant.save();
    return grant;
  },
});

provider.use(async (context, done) => {
  await done();
  if (context.path !== "/token" || !context.body?.id_token || !(next.token || next.key)) return;
  const claims = { ...decodeJwt(context.body.id_token), ...next.token };
  const key = next.key === "stranger" ? stranger.privateKey : keys.privateKey;
  const token = await new SignJWT(claims).setProtectedHeader({ alg: "RS256", kid: KID }).sign(key);
  context.body = { ...context.body, id_token: token };
});

const answers = provider.callback();
server.on("request", async (request, response) => {
  if (request.url === "/next") {
    let body = "";
    for await (const part of request) body += part;
    next = JSON.parse(body);
    response.end("ok");
  } else if (request.url.startsWith("/interaction/")) {
    const result = next.cancel ? { error: "access_denied" } : { login: { accountId: next.sub } };
    await provider.interactionFinished(request, response, result, { mergeWithLastSubmission: false });
  } else {
    answers(request, response);
  }
});
console.log(address);
