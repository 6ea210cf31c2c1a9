import type { FastifyInstance } from 'fastify';
import { consentHistory } from '../../db/consent-history.ts';
import { tenantData } from '../../db/tenant-data.ts';
import { consentHash } from '../../jobs/lane-worker.ts';
import { type ConsentSourceOfExport, consentCsv, consentJson } from '../../sync/views/consent-export.ts';
import { optOutsCsv } from '../../sync/views/opt-outs-csv.ts';
import { proofPage } from '../../sync/views/proof-page.ts';
import { TenantQuery } from '../api/consent-record.ts';
import { ContactParams, InWords } from '../api/people.ts';
import { TenantParams } from '../api/privacy.ts';
import type { AppParts } from '../app-parts.ts';
import { admit, type Caller, tenantOf } from '../auth.ts';
import { sheetPolicy } from '../security-headers.ts';
import { sendFile } from '../send-file.ts';
import { findTenants } from './consent-record.ts';
import { makeProof } from './people.ts';

const FORMATS = {
  json: { type: 'application/json; charset=utf-8', write: consentJson },
  csv: { type: 'text/csv; charset=utf-8', write: consentCsv },
} as const;

const NONCE_BYTES = 18;

/** The consent record as files, streamed page by page, and the proof sheet of a contact as a page to print; the opt-outs of a tenant (R14). */
export function registerConsentFiles(app: FastifyInstance, parts: AppParts): void {
  const { database, box } = parts;
  const callers = new WeakMap<object, Caller | undefined>();
  app.get(
    '/api/connections/:connectionId/contacts/:contactId/proof.html',
    {
      onRequest: async (request) => void (await admit(parts, request, 'reader')),
      schema: { tags: ['files'], params: ContactParams, querystring: InWords },
    },
    async (request, reply) => {
      const { language = parts.language } = InWords.parse(request.query);
      const proof = await makeProof(parts, ContactParams.parse(request.params), language);
      const nonce = parts.randomBytes(NONCE_BYTES).toString('base64');
      return reply
        .type('text/html; charset=utf-8')
        .header('content-security-policy', sheetPolicy(nonce))
        .header('cache-control', 'no-store')
        .send(proofPage(proof, language, nonce));
    },
  );
  app.get(
    '/api/tenants/:tenantId/opt-outs.csv',
    {
      onRequest: async (request) => void (await admit(parts, request, 'administrator')),
      schema: { tags: ['files'], params: TenantParams },
    },
    async (request, reply) => {
      const { tenantId } = TenantParams.parse(request.params);
      await findTenants(parts, tenantId, undefined);
      return sendFile(reply, 'opt-outs.csv', FORMATS.csv.type, optOutsCsv(tenantData(database.db, tenantId).optedOut));
    },
  );
  for (const [format, { type, write }] of Object.entries(FORMATS)) {
    app.get(
      `/api/consent-record/records.${format}`,
      {
        onRequest: async (request) => void callers.set(request, await admit(parts, request, 'administrator')),
        schema: { tags: ['files'], querystring: TenantQuery },
      },
      async (request, reply) => {
        const { tenantId } = TenantQuery.parse(request.query);
        const tenants = await findTenants(parts, tenantId, tenantOf(callers.get(request)));
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
