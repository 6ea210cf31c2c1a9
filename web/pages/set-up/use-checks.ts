import { useMutation } from '@tanstack/react-query';
import { useRef } from 'react';
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

/** Empty where the keys are those of the activation (M27). */
export type CrmKeysInput = { token: string; secret: string } | Record<never, never>;
export type ProviderKeysInput = { provider: ProviderKey; apiKey: string };

export function useCrmCheck(input: CrmKeysInput): AccessCheck<CrmKeysInput, CrmCheck> {
  const isComplete = Object.values(input).every((value) => String(value).trim() !== '');
  return useAccessCheck((body: CrmKeysInput) => call('POST /api/checks/crm', { body }), input, isComplete);
}

export function useProviderCheck(input: ProviderKeysInput): AccessCheck<ProviderKeysInput, ProviderCheck> {
  const isComplete = input.apiKey.trim() !== '';
  return useAccessCheck((body: ProviderKeysInput) => call('POST /api/checks/provider', { body }), input, isComplete);
}

function useAccessCheck<Input, Result>(
  ask: (input: Input) => Promise<Result>,
  input: Input,
  isComplete: boolean,
): AccessCheck<Input, Result> {
  const mutation = useMutation({ mutationFn: ask });
  // leaving a field and pressing the button happen at once: the second must see what the first began
  const asked = useRef('');
  const isCurrent = JSON.stringify(mutation.variables) === JSON.stringify(input);
  const check = (given: Input) => {
    asked.current = JSON.stringify(given);
    mutation.mutate(given);
  };
  return {
    result: isCurrent ? mutation.data : undefined,
    error: isCurrent ? mutation.error : null,
    isPending: mutation.isPending,
    check,
    checkIfNew: () => {
      if (isComplete && asked.current !== JSON.stringify(input)) check(input);
    },
  };
}
