import { Button, Group, Modal, Stack, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

type ConfirmDialogProps = {
  isOpen: boolean;
  onClose: () => void;
  onConfirm: () => void;
  title: string;
  confirm: string;
  dismiss?: string;
  children: ReactNode;
};

/** Asks before something that is hard to take back. */
export function ConfirmDialog({ isOpen, onClose, onConfirm, title, confirm, dismiss, children }: ConfirmDialogProps) {
  const { t } = useTranslation();
  return (
    <Modal
      opened={isOpen}
      onClose={onClose}
      title={
        <Text component="span" fw={650}>
          {title}
        </Text>
      }
      closeButtonProps={{ 'aria-label': t('common.close') }}
    >
      <Stack>
        <div>{children}</div>
        <Group justify="flex-end" gap="sm" className="dialog-end">
          <Button variant="default" onClick={onClose} data-autofocus>
            {dismiss ?? t('common.cancel')}
          </Button>
          <Button
            color="red.9"
            onClick={() => {
              onConfirm();
              onClose();
            }}
          >
            {confirm}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
