import { createCipheriv, createDecipheriv, createHmac, randomBytes } from 'node:crypto';
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
  const sealKey = createHmac('sha256', masterKey).update('seal').digest();
  const hashKey = createHmac('sha256', masterKey).update('hash').digest();
  return {
    seal(secret, place) {
      const iv = randomBytes(12);
      const cipher = createCipheriv('aes-256-gcm', sealKey, iv, { authTagLength: 16 });
      cipher.setAAD(Buffer.from(place));
      const body = Buffer.concat([cipher.update(secret.reveal(), 'utf8'), cipher.final()]);
      return [KEY_ID, iv.toString('base64'), body.toString('base64'), cipher.getAuthTag().toString('base64')].join('.');
    },
    open(sealed, place) {
      const [keyId, iv, body, tag] = sealed.split('.');
      if (keyId !== KEY_ID || iv === undefined || body === undefined || tag === undefined) {
        throw new Error(`A stored secret was sealed with another key (${place})`);
      }
      const decipher = createDecipheriv('aes-256-gcm', sealKey, Buffer.from(iv, 'base64'), { authTagLength: 16 });
      decipher.setAAD(Buffer.from(place));
      decipher.setAuthTag(Buffer.from(tag, 'base64'));
      return new Secret(
        Buffer.concat([decipher.update(Buffer.from(body, 'base64')), decipher.final()]).toString('utf8'),
      );
    },
    hash: (purpose, value) => createHmac('sha256', hashKey).update(`${purpose}\0${value}`).digest('hex'),
  };
}
