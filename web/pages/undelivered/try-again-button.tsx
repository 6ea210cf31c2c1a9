import { Button } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { call } from '../../api.ts';
import type { TryableReason } from '../../api-types.ts';

type TryAgainButtonProps = {
  connectionId: string;
  /** one contact, or all of a reason */
  choice: { contactId: string } | { reason: TryableReason };
  children: string;
};

/** Has contacts tried again that the provider refused (U5). */
export function TryAgainButton({ connectionId, choice, children }: TryAgainButtonProps) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const closeButtonProps = { 'aria-label': t('common.close') };
  const tryAgain = useMutation({
    mutationFn: () =>
      call('POST /api/connections/:connectionId/undelivered/try-again', { params: { connectionId }, body: choice }),
    onSuccess: ({ tried }) => {
      notifications.show({ message: t('undelivered.tried', { count: tried }), color: 'green', closeButtonProps });
      void client.invalidateQueries({ queryKey: ['overview', connectionId] });
    },
    onError: () => notifications.show({ message: t('common.failed'), color: 'red', closeButtonProps }),
  });
  return (
    <Button variant="default" size="xs" mt={4} loading={tryAgain.isPending} onClick={() => tryAgain.mutate()}>
      {children}
    </Button>
  );
}
