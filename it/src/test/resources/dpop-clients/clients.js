// Three clients that others wrote get a bound token and call an API with it. Prints one line for each thing that they tried:
// "ok <name>", or "not ok <name>: <why>".
import assert from 'node:assert/strict';
import * as dpop from 'dpop';
import * as oauth from 'oauth4webapi';
import * as client from 'openid-client';

const { issuer, id, secret, scope, resource, algorithm, api, nonceApi, seconds } = JSON.parse(process.env.SETTINGS);

const orders = new URL('api/orders', api);
const ordersWithNonce = new URL('api/orders', nonceApi);
const parameters = resource ? { scope, resource } : { scope };
const insecure = { [oauth.allowInsecureRequests]: true };
let answers = [];
let proofs = [];

/** fetch, and what came of it. */
const heard = async (url, options) => {
  const proof = new Headers(options.headers).get('dpop');
  const answer = await fetch(url, options);
  if (!String(url).startsWith(new URL(issuer).origin)) {
    proofs.push(proof);
    answers.push({ status: answer.status, nonce: answer.headers.get('dpop-nonce') });
  }
  return answer;
};

const tried = async (name, attempt) => {
  answers = [];
  proofs = [];
  try {
    await attempt();
    console.log(`ok ${name}`);
  } catch (e) {
    console.log(`not ok ${name}: ${String(e?.stack ?? e).replaceAll('\n', ' ')} ${JSON.stringify(answers)}`);
  }
};

const refusals = () => answers.filter(({ status }) => status === 401).length;
const six = (call) => Promise.all(Array.from({ length: 6 }, call));

// openid-client: asks again by itself where a nonce is wanted

const config = await client.discovery(new URL(issuer), id, secret, client.ClientSecretBasic(secret), {
  execute: [client.allowInsecureRequests],
});
config[client.customFetch] = heard;
const keyPair = await client.randomDPoPKeyPair(algorithm, { extractable: true });
const handle = () => client.getDPoPHandle(config, keyPair);
const { access_token: token, token_type: tokenType } = await client.clientCredentialsGrant(config, parameters, {
  DPoP: handle(),
});

const called = async (DPoP, url, method = 'GET', body = null) => {
  const headers = new Headers(body ? { 'content-type': 'application/json' } : {});
  const answer = await client.fetchProtectedResource(config, token, url, method, body, headers, { DPoP });
  await answer.text();
  return answer.status;
};

await tried('openid-client: the token is bound', async () => assert.equal(tokenType, 'dpop'));

await tried('openid-client: calls', async () => {
  const DPoP = handle();
  assert.equal(await called(DPoP, orders), 200);
  assert.equal(await called(DPoP, new URL('?a=b#c', orders)), 200);
  assert.equal(await called(DPoP, new URL('plain/servlet', api)), 200);
  assert.equal(Math.floor((await called(DPoP, orders, 'POST', '{"item":"lamp","quantity":1}')) / 100), 2);
  assert.equal(refusals(), 0);
});

await tried('openid-client: six calls at once', async () => {
  assert.deepEqual(new Set(await six(() => called(handle(), orders))), new Set([200]));
  assert.equal(refusals(), 0);
});

await tried('openid-client: six calls at once that need a nonce', async () => {
  const DPoP = handle();
  assert.deepEqual(new Set(await six(() => called(DPoP, ordersWithNonce))), new Set([200]));
  assert.ok(refusals() >= 1 && refusals() <= 6, 'the nonce is learned by a refusal');
  answers = [];
  assert.deepEqual(new Set(await six(() => called(DPoP, ordersWithNonce))), new Set([200]));
  assert.equal(refusals(), 0, 'and then known');
});

if (seconds > 0) {
  await tried('openid-client: six at a time while nonces are replaced', async () => {
    const DPoP = handle();
    assert.equal(await called(DPoP, ordersWithNonce), 200);
    answers = [];
    const end = Date.now() + seconds * 1000;
    while (Date.now() < end) {
      assert.deepEqual(new Set(await six(() => called(DPoP, ordersWithNonce))), new Set([200]));
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    assert.equal(refusals(), 0, 'new nonces come with what is granted');
    assert.ok(new Set(answers.map(({ nonce }) => nonce)).size > 2, 'and they did come');
  });
}

// oauth4webapi: tells its caller, who asks again

const as = await oauth.processDiscoveryResponse(
  new URL(issuer),
  await oauth.discoveryRequest(new URL(issuer), insecure),
);
const self = { client_id: id };
const tell = { ...insecure, [oauth.customFetch]: heard };
const ask = (DPoP, url, withToken = token) =>
  oauth.protectedResourceRequest(withToken, 'GET', url, new Headers(), null, DPoP ? { ...tell, DPoP } : tell);

await tried('oauth4webapi: gets a token and calls', async () => {
  const DPoP = oauth.DPoP(self, await oauth.generateKeyPair(algorithm));
  const grant = () =>
    oauth.clientCredentialsGrantRequest(as, self, oauth.ClientSecretBasic(secret), new URLSearchParams(parameters), {
      ...tell,
      DPoP,
    });
  const read = async () => oauth.processClientCredentialsResponse(as, self, await grant());
  const bound = await read().catch((e) => (oauth.isDPoPNonceError(e) ? read() : Promise.reject(e)));
  assert.equal((await ask(DPoP, orders, bound.access_token)).status, 200);
});

await tried('oauth4webapi: learns a nonce from a refusal', async () => {
  const DPoP = oauth.DPoP(self, keyPair);
  await assert.rejects(ask(DPoP, ordersWithNonce), (e) => oauth.isDPoPNonceError(e));
  assert.equal((await ask(DPoP, ordersWithNonce)).status, 200);
  assert.deepEqual(
    answers.map(({ status }) => status),
    [401, 200],
  );
});

await tried('oauth4webapi: six calls at once that need a nonce, each tried twice', async () => {
  const DPoP = oauth.DPoP(self, keyPair);
  const twice = () =>
    ask(DPoP, ordersWithNonce).catch((e) => (oauth.isDPoPNonceError(e) ? ask(DPoP, ordersWithNonce) : Promise.reject(e)));
  assert.deepEqual(new Set((await six(twice)).map(({ status }) => status)), new Set([200]));
});

await tried('oauth4webapi: reads both challenges where a bound token is sent as bearer', async () => {
  await assert.rejects(ask(undefined, orders), (e) => {
    assert.ok(e instanceof oauth.WWWAuthenticateChallengeError);
    const of = (scheme) => e.cause.filter((challenge) => challenge.scheme === scheme);
    assert.equal(e.cause.length, 2);
    assert.equal(of('bearer')[0].parameters.error, 'invalid_token');
    assert.equal(of('dpop')[0].parameters.error, undefined);
    assert.match(of('dpop')[0].parameters.algs, /(^| )ES256( |$)/);
    return true;
  });
});

await tried('oauth4webapi: is not believed with the key of somebody else', async () => {
  const DPoP = oauth.DPoP(self, await oauth.generateKeyPair(algorithm));
  await assert.rejects(ask(DPoP, orders), (e) => {
    const [challenge] = e.cause.filter(({ scheme }) => scheme === 'dpop');
    assert.equal(challenge.parameters.error, 'invalid_token');
    return true;
  });
});

await tried('oauth4webapi: is not believed twice', async () => {
  assert.equal((await ask(oauth.DPoP(self, keyPair), orders)).status, 200);
  const again = await fetch(orders, { headers: { authorization: `DPoP ${token}`, dpop: proofs[0] } });
  assert.equal(again.status, 401);
  assert.match(again.headers.get('www-authenticate'), /DPoP [^,]*.*error="invalid_dpop_proof"/);
});

// dpop: writes the URI into the proof as it gets it

await tried('dpop: calls with query and fragment in the proof', async () => {
  const url = new URL('?a=b', orders);
  const proof = () => dpop.generateProof(keyPair, `${url}#c`, 'GET', undefined, token);
  const send = async (text) => fetch(url, { headers: { authorization: `DPoP ${token}`, dpop: text } });
  const once = await proof();
  assert.equal((await send(once)).status, 200);
  assert.equal((await send(once)).status, 401);
  assert.equal((await send(await proof())).status, 200);
});

await tried('dpop: brings a nonce', async () => {
  const call = async (nonce) =>
    fetch(ordersWithNonce, {
      headers: {
        authorization: `DPoP ${token}`,
        dpop: await dpop.generateProof(keyPair, String(ordersWithNonce), 'GET', nonce, token),
      },
    });
  const refused = await call();
  assert.equal(refused.status, 401);
  assert.match(refused.headers.get('www-authenticate'), /use_dpop_nonce/);
  assert.equal((await call(refused.headers.get('dpop-nonce'))).status, 200);
  assert.equal((await call('made-up')).status, 401);
});
