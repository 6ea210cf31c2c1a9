import { Alert, Button, Group, Loader, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { ErrorAlert } from '../../components/error-alert.tsx';
import { Icon } from '../../components/icon.tsx';
import type { AccessCheck } from './use-checks.ts';

type CheckLineProps<Input, Result> = {
  check: AccessCheck<Input, Result>;
  onCheck: () => void;
  children: (result: Result) => ReactNode;
};

/** How a check stands: not made, running, what it found, or what is wrong. Read out when it changes. */
export function CheckLine<Input, Result>({ check, onCheck, children }: CheckLineProps<Input, Result>) {
  const { t } = useTranslation();
  return (
    <div aria-live="polite">
      {check.isPending ? (
        <Group gap="xs">
          <Loader size="xs" />
          <Text size="sm">{t('setUp.checking')}</Text>
        </Group>
      ) : check.error ? (
        <ErrorAlert error={check.error} onRetry={onCheck} />
      ) : check.result ? (
        <Alert color="green" icon={<Icon name="check" />}>
          {children(check.result)}
        </Alert>
      ) : (
        <Button variant="default" size="xs" onClick={check.checkIfNew}>
          {t('setUp.check')}
        </Button>
      )}
    </div>
  );
}
