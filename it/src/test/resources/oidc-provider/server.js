// Two authorization servers for OidcProviderIT: one signs introspection answers (RFC 9701) for who asks for that, the other
// never does. They end with their standard input.
import * as crypto from 'node:crypto';
import * as http from 'node:http';
import { Provider } from 'oidc-provider';

const settings = JSON.parse(process.env.SETTINGS);

const signingKey = (alg, type, options) => ({
  ...crypto.generateKeyPairSync(type, options).privateKey.export({ format: 'jwk' }),
  kid: `op-${alg}`,
  alg,
  use: 'sig',
});

// Who asks about tokens and gets none. Without scope and grants, or the product would want redirects of it.
const resourceServer = (id, more) => ({
  client_id: id,
  client_secret: settings.secrets[id],
  redirect_uris: [],
  response_types: [],
  grant_types: [],
  ...more,
});

const configuration = (signs) => ({
  clients: [
    {
      client_id: 'client',
      client_secret: settings.secrets.client,
      redirect_uris: [],
      response_types: [],
      grant_types: ['client_credentials'],
    },
    {
      client_id: 'bound-client',
      client_secret: settings.secrets['bound-client'],
      redirect_uris: [],
      response_types: [],
      grant_types: ['client_credentials'],
      dpop_bound_access_tokens: true,
    },
    resourceServer('rs-signed', { introspection_signed_response_alg: 'ES256' }),
    resourceServer('rs-signed-rsa', { introspection_signed_response_alg: 'PS256' }),
    resourceServer('rs-encrypted', {
      introspection_signed_response_alg: 'ES256',
      introspection_encrypted_response_alg: settings.encryptionKey.alg,
      introspection_encrypted_response_enc: 'A256GCM',
      jwks: { keys: [settings.encryptionKey] },
    }),
    // The product signs for this one too, with the default of RFC 9701 6, RS256.
    resourceServer('rs-default', {}),
  ],
  jwks: {
    keys: [
      signingKey('ES256', 'ec', { namedCurve: 'P-256' }),
      signingKey('PS256', 'rsa', { modulusLength: 2048 }),
      signingKey('RS256', 'rsa', { modulusLength: 2048 }),
    ],
  },
  features: {
    devInteractions: { enabled: false },
    clientCredentials: { enabled: true },
    introspection: { enabled: true, allowedPolicy: async (ctx, client) => client.clientId.startsWith('rs-') },
    jwtIntrospection: { enabled: signs },
    encryption: { enabled: true },
    revocation: { enabled: true },
    // Nonces of its own, which are none of the resource server's.
    dPoP: { enabled: true, nonceSecret: crypto.randomBytes(32), requireNonce: () => true },
    resourceIndicators: {
      enabled: true,
      getResourceServerInfo: (ctx, resource) => ({
        scope: 'orders:read orders:write',
        audience: resource,
        accessTokenTTL: 300,
        accessTokenFormat: resource.endsWith('/jwt') ? 'jwt' : 'opaque',
        jwt: { sign: { alg: 'ES256' } },
      }),
    },
  },
  enabledJWA: signs
    ? {
        introspectionSigningAlgValues: ['RS256', 'PS256', 'ES256'],
        introspectionEncryptionAlgValues: [settings.encryptionKey.alg],
        introspectionEncryptionEncValues: ['A256GCM'],
      }
    : {},
});

const start = (signs) =>
  new Promise((resolve) => {
    const server = http.createServer();
    server.listen(0, '127.0.0.1', () => {
      const issuer = `http://127.0.0.1:${server.address().port}`;
      server.on('request', new Provider(issuer, configuration(signs)).callback());
      resolve(issuer);
    });
  });

console.log(`READY ${await start(true)} ${await start(false)}`);
process.stdin.on('end', () => process.exit()).on('error', () => process.exit()).resume();
