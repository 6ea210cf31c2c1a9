import { useMutation, useQueryClient } from '@tanstack/react-query';
import { call } from './api.ts';
import type { AskedTag, HeldDecision, HeldGroup } from './api-types.ts';

/** What a person may do with the background work: pause it, let it go on, and answer what it held. */
export function useBackgroundActions(connectionId: string) {
  const client = useQueryClient();
  const onSuccess = () => {
    void client.invalidateQueries({ queryKey: ['connections'] });
    for (const name of ['overview', 'held', 'journal']) {
      void client.invalidateQueries({ queryKey: [name, connectionId] });
    }
  };
  const pause = useMutation({
    mutationFn: () => call('POST /api/connections/:connectionId/pause', { params: { connectionId } }),
    onSuccess,
  });
  const unpause = useMutation({
    mutationFn: () => call('POST /api/connections/:connectionId/unpause', { params: { connectionId } }),
    onSuccess,
  });
  const decide = useMutation({
    mutationFn: ({ group, decision, asOf }: { group: HeldGroup; decision: HeldDecision; asOf: string }) =>
      call('POST /api/connections/:connectionId/held/decide', {
        params: { connectionId },
        body: { question: group.question, kind: group.kind, decision, asOf },
      }),
    onSuccess,
  });
  const answerTag = useMutation({
    mutationFn: ({ tag, answer }: { tag: AskedTag; answer: AskedTag['answers'][number] }) =>
      call('POST /api/connections/:connectionId/asked-tags/:tagId/answer', {
        params: { connectionId, tagId: String(tag.id) },
        body: { answer },
      }),
    onSuccess,
  });
  return { pause, unpause, decide, answerTag };
}
