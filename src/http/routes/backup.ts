import { Readable } from 'node:stream';
import type { FastifyInstance } from 'fastify';
import { UserError } from '../../core/errors.ts';
import { keyCheckOf } from '../../db/backup/backup-format.ts';
import { writeBackup } from '../../db/backup/write-backup.ts';
import type { AppParts } from '../app-parts.ts';
import { admit } from '../auth.ts';

/**
 * Streams a backup of everything to the command line. Not to operators: it holds what is stored for all tenants, and
 * password hashes.
 */
export function registerBackup(app: FastifyInstance, parts: AppParts): void {
  const { database, box, clock, log, installationId, migrations, version } = parts;
  let isRunning = false;

  app.get('/api/backup', { schema: { hide: true } }, async (request, reply) => {
    const caller = await admit(parts, request, 'administrator');
    if (caller?.kind !== 'cli') throw new UserError({ code: 'session.forbidden', status: 403 });
    if (isRunning) throw new UserError({ code: 'backup.already_running', status: 409 });
    isRunning = true;
    const createdAt = new Date(clock.now()).toISOString();
    const keyCheck = keyCheckOf(box.hash, { createdAt, installationId });
    const stream = Readable.from(
      writeBackup(database, migrations, { createdAt, installationId, program: version, keyCheck }),
    );
    stream.once('error', (error) => log.error({ error: error.name }, 'Backup failed'));
    stream.once('close', () => {
      isRunning = false;
    });
    return reply.type('application/x-ndjson; charset=utf-8').header('cache-control', 'no-store').send(stream);
  });
}
