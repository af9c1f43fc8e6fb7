/** An operator with one account and one user, as `nsc` would make them: a server's configuration and a credentials file. */
import { createHash } from 'node:crypto';
import { createAccount, createOperator, createUser, type KeyPair } from '@nats-io/nkeys';

export interface NatsOperator {
  /** For nats-server. */
  config: object;
  /** The content of a credentials file. */
  creds: string;
}

export function natsOperator(): NatsOperator {
  const [operator, system, account, user] = [
    createOperator(),
    createAccount(),
    createAccount(),
    createUser(),
  ];
  const unlimited = { subs: -1, conn: -1, data: -1, payload: -1 };
  const jetstream = { disk_storage: -1, mem_storage: -1, streams: -1, consumer: -1 };
  const nothing = { pub: {}, sub: {} };
  const operatorToken = token(operator, operator, { type: 'operator', version: 2 });
  const limits = { ...unlimited, imports: -1, exports: -1, wildcards: true };
  const kind = { type: 'account', version: 2, default_permissions: nothing };
  // The system's own account must not have JetStream, which must not be without a system account.
  const systemToken = token(operator, system, { ...kind, limits });
  const accountToken = token(operator, account, { ...kind, limits: { ...limits, ...jetstream } });
  const userToken = token(account, user, { type: 'user', version: 2, ...nothing, ...unlimited });
  const seed = new TextDecoder().decode(user.getSeed());
  return {
    config: {
      operator: operatorToken,
      resolver: 'MEMORY',
      system_account: system.getPublicKey(),
      resolver_preload: {
        [system.getPublicKey()]: systemToken,
        [account.getPublicKey()]: accountToken,
      },
      jetstream: {},
    },
    creds:
      `-----BEGIN NATS USER JWT-----\n${userToken}\n------END NATS USER JWT------\n\n` +
      `-----BEGIN USER NKEY SEED-----\n${seed}\n------END USER NKEY SEED------\n`,
  };
}

/** A JWT that `issuer` signs for `subject`, in the form that NATS gives them. */
function token(issuer: KeyPair, subject: KeyPair, nats: object): string {
  const claims = {
    iss: issuer.getPublicKey(),
    sub: subject.getPublicKey(),
    name: 'test',
    iat: 1_700_000_000,
    nats,
  };
  const jti = createHash('sha256').update(JSON.stringify(claims)).digest('hex');
  const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
  const signed = `${part({ typ: 'JWT', alg: 'ed25519-nkey' })}.${part({ ...claims, jti })}`;
  return `${signed}.${Buffer.from(issuer.sign(new TextEncoder().encode(signed))).toString('base64url')}`;
}
