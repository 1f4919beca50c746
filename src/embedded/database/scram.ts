import { createHash, createHmac, pbkdf2Sync, randomBytes } from 'node:crypto';

/** SCRAM-SHA-256 (RFC 5802, RFC 7677) as PostgreSQL speaks it: no channel binding, and the user name left empty. */

const keyBytes = 32;

const hmac = (key: Buffer, text: string): Buffer => createHmac('sha256', key).update(text).digest();
const sha256 = (bytes: Buffer): Buffer => createHash('sha256').update(bytes).digest();

/**
 * What PostgreSQL stores instead of the password (documentation of `pg_authid.rolpassword`), so that no statement ever holds the password
 * itself.
 */
export function scramVerifier(password: string, salt = randomBytes(16), iterations = 4096): string {
  const salted = pbkdf2Sync(password, salt, iterations, keyBytes, 'sha256');
  const stored = sha256(hmac(salted, 'Client Key')).toString('base64');
  const server = hmac(salted, 'Server Key').toString('base64');
  return `SCRAM-SHA-256$${iterations}:${salt.toString('base64')}$${stored}:${server}`;
}

export interface ScramClient {
  readonly first: string;
  /** The answer to the server's first message. Throws when it does not carry our nonce on. */
  final(serverFirst: string): string;
  /** Throws unless the server proves that it knows the password too. */
  verify(serverFinal: string): void;
}

export function createScramClient(password: string): ScramClient {
  const nonce = randomBytes(18).toString('base64');
  const bare = `n=,r=${nonce}`;
  let expected = '';
  return {
    first: `n,,${bare}`,
    final(serverFirst) {
      const fields = fieldsOf(serverFirst);
      const joint = fields.get('r') ?? '';
      if (!joint.startsWith(nonce)) throw new Error('the server answered to another nonce');
      const salt = Buffer.from(fields.get('s') ?? '', 'base64');
      const salted = pbkdf2Sync(password, salt, Number(fields.get('i')), keyBytes, 'sha256');
      const withoutProof = `c=biws,r=${joint}`;
      const message = `${bare},${serverFirst},${withoutProof}`;
      const clientKey = hmac(salted, 'Client Key');
      const signature = hmac(sha256(clientKey), message);
      const proof = Buffer.from(clientKey.map((byte, index) => byte ^ (signature[index] ?? 0)));
      expected = hmac(hmac(salted, 'Server Key'), message).toString('base64');
      return `${withoutProof},p=${proof.toString('base64')}`;
    },
    verify(serverFinal) {
      if (fieldsOf(serverFinal).get('v') !== expected)
        throw new Error('the server does not know the password');
    },
  };
}

function fieldsOf(message: string): ReadonlyMap<string, string> {
  return new Map(message.split(',').map((field) => [field.slice(0, 1), field.slice(2)]));
}
