import { useMutation, useQueryClient } from '@tanstack/react-query';
import { call } from './api.ts';
import { storeRun } from './live.ts';

/** What a person may do with the runs of a connection: start, approve, cancel, and let a stopped connection go on or take its audience over. */
export function useRunActions(connectionId: string) {
  const client = useQueryClient();
  const start = useMutation({
    mutationFn: (preview: boolean) =>
      call('POST /api/connections/:connectionId/runs', { params: { connectionId }, body: { preview } }),
    onSuccess: (run) => storeRun(client, connectionId, run),
  });
  const approve = useMutation({
    mutationFn: ({ runId, createsContacts }: { runId: string; createsContacts: boolean }) =>
      call('POST /api/connections/:connectionId/runs/:runId/approve', {
        params: { connectionId, runId },
        body: createsContacts ? {} : { unknownMembers: 'leave' },
      }),
    onSuccess: (run) => {
      storeRun(client, connectionId, run);
      // the first approval makes the connection an active one
      void client.invalidateQueries({ queryKey: ['connections'] });
      void client.invalidateQueries({ queryKey: ['overview', connectionId] });
    },
  });
  const cancel = useMutation({
    mutationFn: (runId: string) =>
      call('POST /api/connections/:connectionId/runs/:runId/cancel', { params: { connectionId, runId } }),
    onSuccess: (run) => storeRun(client, connectionId, run),
  });
  const resume = useMutation({
    mutationFn: () => call('POST /api/connections/:connectionId/resume', { params: { connectionId } }),
    onSuccess: () => {
      void client.invalidateQueries({ queryKey: ['connections'] });
      void client.invalidateQueries({ queryKey: ['overview', connectionId] });
    },
  });
  const takeOver = useMutation({
    mutationFn: () => call('POST /api/connections/:connectionId/take-over', { params: { connectionId } }),
    onSuccess: () => {
      void client.invalidateQueries({ queryKey: ['connections'] });
      void client.invalidateQueries({ queryKey: ['overview', connectionId] });
    },
  });
  return { start, approve, cancel, resume, takeOver };
}
