import { randomBytes } from 'node:crypto';
import { expect, test } from 'vitest';
import { hashPassword, isPassword } from './password.ts';

test('a password is known by its hash, in whatever form its letters are typed', async () => {
  const stored = await hashPassword('Schlüssel Größe 1', randomBytes);
  expect(stored).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$[\w-]{22}\$[\w-]{43}$/);
  expect(await isPassword('Schlüssel Größe 1'.normalize('NFD'), stored)).toBe(true);
  expect(await isPassword('schlüssel größe 1', stored)).toBe(false);
  expect(await isPassword('', stored)).toBe(false);
});

test('the same password is stored differently each time', async () => {
  expect(await hashPassword('Schlüssel Größe 1', randomBytes)).not.toBe(
    await hashPassword('Schlüssel Größe 1', randomBytes),
  );
});

test('nobody has a password that fits, and a stored text that is no hash fits none', async () => {
  expect(await isPassword('', undefined)).toBe(false);
  expect(await isPassword('egal', undefined)).toBe(false);
  expect(await isPassword('egal', 'egal')).toBe(false);
});
