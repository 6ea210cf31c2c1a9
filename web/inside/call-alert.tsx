import { Alert } from '@mantine/core';
import { ApiError } from '../api.ts';
import { Icon } from '../components/icon.tsx';
import { NoticeLines } from '../components/notice-lines.tsx';

/** Why a signed call opens nothing; there is nothing to try again but in the CRM. */
export function CallAlert({ error }: { error: Error }) {
  return (
    <Alert color="red" icon={<Icon name="alert" />} role="alert">
      <NoticeLines notice={error instanceof ApiError ? error : { code: 'internal' }} />
    </Alert>
  );
}
