import { createCipheriv, createDecipheriv, createHmac, createSecretKey, randomBytes } from 'node:crypto';
import { Secret } from '../core/secret.ts';

/** Encrypts secrets at rest and makes keyed hashes, all from one master key. */
export type SecretBox = {
  /** AES-256-GCM with a fresh IV; `place` (tenant/connection/name) is bound in, so that a row moved elsewhere does not open. */
  seal(secret: Secret, place: string): string;
  /** @throws Error when the text was sealed with another key, for another place, or was changed */
  open(sealed: string, place: string): Secret;
  /** Keyed hash (HMAC-SHA256, hex) of a value for one purpose. */
  hash(purpose: string, value: string): string;
};

/** Key id in front of every sealed text, so that a later key can be told from this one. */
const KEY_ID = 'k1';

/**
 * @param masterKey 32 bytes
 * @throws Error when the key has another length
 */
export function createSecretBox(masterKey: Buffer): SecretBox {
  if (masterKey.length !== 32) throw new Error('The master key must have 32 bytes');
  const keyFor = (purpose: string) => createSecretKey(createHmac('sha256', masterKey).update(purpose).digest());
  const sealKey = keyFor('seal');
  const hashKey = keyFor('hash');
  return {
    seal(secret, place) {
      const iv = randomBytes(12);
      const cipher = createCipheriv('aes-256-gcm', sealKey, iv, { authTagLength: 16 });
      cipher.setAAD(Buffer.from(place));
      const body = Buffer.concat([cipher.update(secret.reveal(), 'utf8'), cipher.final()]);
      return written(iv, body, cipher.getAuthTag());
    },
    open(sealed, place) {
      const [keyId, ...parts] = sealed.split('.');
      const [iv, body, tag] = parts.map((part) => Buffer.from(part, 'base64'));
      const refused = `A stored secret was sealed with another key, or was changed (${place})`;
      // Reading base64 is lenient: only the one way to write these bytes is ours.
      if (keyId !== KEY_ID || !iv || !body || !tag || written(iv, body, tag) !== sealed) throw new Error(refused);
      try {
        const decipher = createDecipheriv('aes-256-gcm', sealKey, iv, { authTagLength: 16 });
        decipher.setAAD(Buffer.from(place));
        decipher.setAuthTag(tag);
        return new Secret(Buffer.concat([decipher.update(body), decipher.final()]).toString('utf8'));
      } catch (cause) {
        throw new Error(refused, { cause });
      }
    },
    hash: (purpose, value) => createHmac('sha256', hashKey).update(`${purpose}\0${value}`).digest('hex'),
  };
}

function written(iv: Buffer, body: Buffer, tag: Buffer): string {
  return [KEY_ID, ...[iv, body, tag].map((part) => part.toString('base64'))].join('.');
}
