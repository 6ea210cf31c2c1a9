import { Readable } from 'node:stream';
import type { FastifyReply } from 'fastify';

/** Sends a file as it is written, to be saved under a name. */
export function sendFile(reply: FastifyReply, name: string, type: string, parts: AsyncGenerator<string>): FastifyReply {
  return reply
    .type(type)
    .header('content-disposition', `attachment; filename="${name}"`)
    .header('cache-control', 'no-store')
    .send(Readable.from(parts));
}
