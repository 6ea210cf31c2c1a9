import { Alert, Button, Group, Stack, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { ApiError } from '../api.ts';
import { ExternalLink } from './external-link.tsx';
import { Icon } from './icon.tsx';
import { NoticeLines } from './notice-lines.tsx';

type ErrorAlertProps = {
  error: Error;
  title?: string;
  onRetry?: () => void;
  /** another way on than to try again */
  children?: ReactNode;
};

/** What went wrong, what to do, and the vendor's status page where an outside system failed (M7). */
export function ErrorAlert({ error, title, onRetry, children }: ErrorAlertProps) {
  const { t } = useTranslation();
  const api = error instanceof ApiError ? error : undefined;
  const busy = useBusySystem(api?.code);
  return (
    <Alert color="red" icon={<Icon name="alert" />} title={title ?? t('common.failed')} role="alert">
      <Stack gap="xs" align="flex-start">
        {busy ? (
          <Text size="sm">{t('common.busy', { system: busy })}</Text>
        ) : (
          <NoticeLines notice={api ?? { code: 'internal' }} />
        )}
        {children}
        {(api?.statusPage || onRetry) && (
          <Group gap="md">
            {onRetry && (
              <Button size="xs" variant="default" onClick={onRetry}>
                {t('common.retry')}
              </Button>
            )}
            {api?.statusPage && (
              <ExternalLink href={api.statusPage} size="sm">
                {t('common.statusPage')}
              </ExternalLink>
            )}
          </Group>
        )}
      </Stack>
    </Alert>
  );
}

/**
 * The outside system that an error says cannot be reached, if it says so. Its own sentence is for work that goes on by itself;
 * what a person asked for does not.
 */
function useBusySystem(code = ''): string | undefined {
  const { t } = useTranslation();
  const system = /^(onoffice|mailchimp|brevo)[.](?:unavailable|rate_limited)$/.exec(code)?.[1];
  if (system === 'mailchimp' || system === 'brevo') return t(`providers.${system}`);
  return system && t('people.crm');
}
