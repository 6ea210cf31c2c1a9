import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import type { Tables } from '../../db/store.ts';
import { audienceCsv, type CsvReader, previewCsv, undeliveredCsv, unexplainedCsv } from '../../sync/views/csv.ts';
import type { Wording } from '../../sync/views/describe-operation.ts';
import { contactRoutes } from '../api/contacts.ts';
import { Language } from '../api/shared.ts';
import type { AppParts } from '../app-parts.ts';
import { admit } from '../auth.ts';
import { openConnection } from '../open-connection.ts';
import { sendFile } from '../send-file.ts';
import { findRun } from './runs.ts';

const CSV = 'text/csv; charset=utf-8';
const ConnectionParams = z.object({ connectionId: z.string().min(1).max(64) });
const RunParams = ConnectionParams.extend({ runId: z.string().min(1).max(64) });
/** with a language: for people, in it; without: for programs */
const ForReader = z.object({ language: Language.optional() });
const UndeliveredQuery = contactRoutes['GET /api/connections/:connectionId/undelivered'].query.extend(ForReader.shape);
const UnexplainedQuery = contactRoutes['GET /api/connections/:connectionId/unexplained-members'].query.extend(
  ForReader.shape,
);

/** CSV files, streamed page by page. */
export function registerFiles(app: FastifyInstance, parts: AppParts): void {
  const tags = ['files'];
  const onRequest = async (request: Parameters<typeof admit>[1]) => void (await admit(parts, request, 'reader'));

  app.get(
    '/api/connections/:connectionId/undelivered.csv',
    { onRequest, schema: { tags, params: ConnectionParams, querystring: UndeliveredQuery } },
    async (request, reply) => {
      const { connectionId } = ConnectionParams.parse(request.params);
      const { reason, search, language } = UndeliveredQuery.parse(request.query);
      const { store } = await openConnection(parts, connectionId);
      return sendFile(reply, 'undelivered.csv', CSV, undeliveredCsv(store.tables, { reason, search }, language));
    },
  );

  app.get(
    '/api/connections/:connectionId/unexplained-members.csv',
    { onRequest, schema: { tags, params: ConnectionParams, querystring: UnexplainedQuery } },
    async (request, reply) => {
      const { connectionId } = ConnectionParams.parse(request.params);
      const { reason, search, language } = UnexplainedQuery.parse(request.query);
      const { store } = await openConnection(parts, connectionId);
      return sendFile(reply, 'members.csv', CSV, unexplainedCsv(store.tables, { reason, search }, language));
    },
  );

  const runFiles: Record<
    string,
    (tables: Tables, runId: string, wording: Wording, reader: CsvReader) => AsyncGenerator<string>
  > = {
    preview: previewCsv,
    audience: (tables, _runId, _wording, reader) => audienceCsv(tables, reader),
  };
  for (const [name, write] of Object.entries(runFiles)) {
    app.get(
      `/api/connections/:connectionId/runs/:runId/${name}.csv`,
      { onRequest, schema: { tags, params: RunParams, querystring: ForReader } },
      async (request, reply) => {
        const { connectionId, runId } = RunParams.parse(request.params);
        const { language } = ForReader.parse(request.query);
        const { connection, store } = await openConnection(parts, connectionId);
        await findRun(store, runId);
        const wording = { language: language ?? parts.language, optOutValue: connection.settings.optOutValue };
        return sendFile(reply, `${name}.csv`, CSV, write(store.tables, runId, wording, language));
      },
    );
  }
}
