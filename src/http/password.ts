import { argon2, timingSafeEqual } from 'node:crypto';

/** Argon2id as OWASP's password storage cheat sheet recommends: 19 MiB, two passes, one lane; about 40 ms. */
const COST = { memory: 19_456, passes: 2, parallelism: 1 } as const;
const TAG_BYTES = 32;
const SALT_BYTES = 16;

/** A hash that no password has, so that an unknown name takes as long as a known one. */
const NOBODYS_HASH = format(COST, Buffer.alloc(SALT_BYTES), Buffer.alloc(TAG_BYTES));

type Cost = { memory: number; passes: number; parallelism: number };

/**
 * Hashes a password for storing, in the PHC form `$argon2id$v=19$m=…,t=…,p=…$salt$hash`.
 *
 * @param randomBytes source of the salt
 */
export async function hashPassword(password: string, randomBytes: (length: number) => Buffer): Promise<string> {
  const salt = randomBytes(SALT_BYTES);
  return format(COST, salt, await derive(password, salt, COST));
}

/**
 * Compares a password with what is stored, in constant time; with the cost that the stored hash names.
 *
 * @param stored undefined when nobody has the name: takes as long and is false
 */
export async function isPassword(password: string, stored: string | undefined): Promise<boolean> {
  const parsed = parse(stored ?? NOBODYS_HASH);
  if (!parsed) return false;
  const derived = await derive(password, parsed.salt, parsed.cost);
  return stored !== undefined && derived.length === parsed.tag.length && timingSafeEqual(derived, parsed.tag);
}

function derive(password: string, salt: Buffer, cost: Cost): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    // Two forms of the same letters are one password, whatever the keyboard sends.
    const message = Buffer.from(password.normalize('NFKC'), 'utf8');
    argon2('argon2id', { message, nonce: salt, tagLength: TAG_BYTES, ...cost }, (error, key) =>
      error ? reject(error) : resolve(key),
    );
  });
}

function format({ memory, passes, parallelism }: Cost, salt: Buffer, tag: Buffer): string {
  return `$argon2id$v=19$m=${memory},t=${passes},p=${parallelism}$${salt.toString('base64url')}$${tag.toString('base64url')}`;
}

function parse(stored: string): { cost: Cost; salt: Buffer; tag: Buffer } | undefined {
  const match = /^\$argon2id\$v=19\$m=(\d+),t=(\d+),p=(\d+)\$([\w-]+)\$([\w-]+)$/.exec(stored);
  if (!match) return undefined;
  const [, memory, passes, parallelism, salt = '', tag = ''] = match;
  return {
    cost: { memory: Number(memory), passes: Number(passes), parallelism: Number(parallelism) },
    salt: Buffer.from(salt, 'base64url'),
    tag: Buffer.from(tag, 'base64url'),
  };
}
