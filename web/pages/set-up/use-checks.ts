import { useMutation } from '@tanstack/react-query';
import { call } from '../../api.ts';
import type { CrmCheck, ProviderCheck, ProviderKey } from '../../api-types.ts';

/** A check of access data. `result` and `error` belong to the values that are in the fields now. */
export type AccessCheck<Input, Result> = {
  result: Result | undefined;
  error: Error | null;
  isPending: boolean;
  check: (input: Input) => void;
  /** checks what is in the fields, unless it is empty or was checked already */
  checkIfNew: () => void;
};

export type CrmKeysInput = { token: string; secret: string };
export type ProviderKeysInput = { provider: ProviderKey; apiKey: string };

export function useCrmCheck(input: CrmKeysInput): AccessCheck<CrmKeysInput, CrmCheck> {
  const mutation = useMutation({ mutationFn: (body: CrmKeysInput) => call('POST /api/checks/crm', { body }) });
  const isCurrent = mutation.variables?.token === input.token && mutation.variables.secret === input.secret;
  const isComplete = input.token.trim() !== '' && input.secret.trim() !== '';
  return accessCheck(mutation, input, isCurrent, isComplete);
}

export function useProviderCheck(input: ProviderKeysInput): AccessCheck<ProviderKeysInput, ProviderCheck> {
  const mutation = useMutation({
    mutationFn: (body: ProviderKeysInput) => call('POST /api/checks/provider', { body }),
  });
  const isCurrent = mutation.variables?.apiKey === input.apiKey && mutation.variables.provider === input.provider;
  return accessCheck(mutation, input, isCurrent, input.apiKey.trim() !== '');
}

function accessCheck<Input, Result>(
  mutation: { data: Result | undefined; error: Error | null; isPending: boolean; mutate: (input: Input) => void },
  input: Input,
  isCurrent: boolean,
  isComplete: boolean,
): AccessCheck<Input, Result> {
  return {
    result: isCurrent ? mutation.data : undefined,
    error: isCurrent ? mutation.error : null,
    isPending: mutation.isPending,
    check: mutation.mutate,
    checkIfNew: () => {
      if (isComplete && !isCurrent) mutation.mutate(input);
    },
  };
}
