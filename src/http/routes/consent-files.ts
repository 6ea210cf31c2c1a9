import type { FastifyInstance } from 'fastify';
import { consentHistory } from '../../db/consent-history.ts';
import { consentHash } from '../../jobs/lane-worker.ts';
import { type ConsentSourceOfExport, consentCsv, consentJson } from '../../sync/views/consent-export.ts';
import { TenantQuery } from '../api/consent-record.ts';
import type { AppParts } from '../app-parts.ts';
import { admit } from '../auth.ts';
import { sendFile } from '../send-file.ts';
import { findTenants } from './consent-record.ts';

const FORMATS = {
  json: { type: 'application/json; charset=utf-8', write: consentJson },
  csv: { type: 'text/csv; charset=utf-8', write: consentCsv },
} as const;

/** The consent record as files, streamed page by page (R14). */
export function registerConsentFiles(app: FastifyInstance, parts: AppParts): void {
  const { database, box } = parts;
  for (const [format, { type, write }] of Object.entries(FORMATS)) {
    app.get(
      `/api/consent-record/records.${format}`,
      {
        onRequest: async (request) => void (await admit(parts, request, 'administrator')),
        schema: { tags: ['files'], querystring: TenantQuery },
      },
      async (request, reply) => {
        const tenants = await findTenants(parts, TenantQuery.parse(request.query).tenantId);
        const chains = tenants.map(
          ({ id }): ConsentSourceOfExport => ({
            tenantId: id,
            page: consentHistory(database.db, id, consentHash(box, id)).page,
          }),
        );
        return sendFile(reply, `consent-record.${format}`, type, write(chains));
      },
    );
  }
}
