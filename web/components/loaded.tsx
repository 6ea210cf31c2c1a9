import { Skeleton, Stack, VisuallyHidden } from '@mantine/core';
import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { ApiError } from '../api.ts';
import { ButtonLink } from './button-link.tsx';
import { ErrorAlert } from './error-alert.tsx';

type LoadedProps<T> = {
  query: UseQueryResult<T, Error>;
  /** heights in px of the grey blocks shown meanwhile, no two of them equal: they are told apart by it */
  skeleton?: readonly number[];
  children: (data: T) => ReactNode;
};

/** Shows grey blocks while a query loads, its error with a way to ask again, else its data. */
export function Loaded<T>({ query, skeleton = [120, 240], children }: LoadedProps<T>) {
  const { t } = useTranslation();
  if (query.data !== undefined) return children(query.data);
  if (query.error) {
    const isGone = query.error instanceof ApiError && query.error.status === 404;
    return (
      <ErrorAlert
        error={query.error}
        title={t('common.loadFailed')}
        {...(isGone ? {} : { onRetry: () => void query.refetch() })}
      >
        {isGone && (
          <ButtonLink href="/" size="xs" variant="default">
            {t('common.toConnections')}
          </ButtonLink>
        )}
      </ErrorAlert>
    );
  }
  return (
    <Stack role="status">
      <VisuallyHidden>{t('common.loading')}</VisuallyHidden>
      {skeleton.map((height) => (
        <Skeleton key={height} height={height} />
      ))}
    </Stack>
  );
}
