import { notFound } from '../api-error.ts';
import { type Route, readId, readPage } from '../call.ts';
import { renderProcess } from '../render.ts';

/** Jobs of the account's queue (fact sheet 4.3). */
export const processRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: '/processes',
    serve: ({ world, account, query, origin }) => {
      const { slice, descending } = readPage(query, { usual: 10, max: 50 });
      const processes = [...account.processes.values()];
      if (descending) processes.reverse();
      return {
        processes: slice(processes).map((process) => renderProcess(world, process, origin)),
        count: processes.length,
      };
    },
  },
  {
    method: 'GET',
    path: '/processes/{processId}',
    serve: (call) => {
      const process = call.account.processes.get(readId(call, 'processId'));
      if (!process) throw notFound('Process ID does not exist');
      return renderProcess(call.world, process, call.origin);
    },
  },
];
