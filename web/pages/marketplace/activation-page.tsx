import { Alert, Button, Center, Checkbox, Loader, PasswordInput, Stack, Text } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation } from '@tanstack/react-query';
import { Suspense, use, useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { type Answer, ApiError, call } from '../../api.ts';
import { Entrance } from '../../components/entrance.tsx';
import { ErrorAlert } from '../../components/error-alert.tsx';
import { ExternalLink } from '../../components/external-link.tsx';
import { Icon } from '../../components/icon.tsx';
import { InfoAlert } from '../../components/info-alert.tsx';
import { adoptLanguage } from '../../i18n/i18n.ts';
import { CallAlert } from '../../inside/call-alert.tsx';
import type { Entry, Exchange } from '../../inside/entry.ts';
import { noticeText } from '../../notice-text.ts';

type Opened = Answer<'POST /api/marketplace/activations'>;

/** What the CRM shows while an administrator activates us (M27): the key is copied from the dialog around it. */
export function ActivationPage({ entry }: { entry: Entry & { place: 'activation' } }) {
  const { t } = useTranslation();
  const waiting = (
    <Center mih={160}>
      <Loader aria-label={t('common.loading')} role="status" />
    </Center>
  );
  return (
    <Entrance title={t('inside.activationTitle')} isFramed>
      <Suspense fallback={waiting}>
        <OpenedActivation exchange={entry.exchange} />
      </Suspense>
    </Entrance>
  );
}

function OpenedActivation({ exchange }: { exchange: Exchange<Opened> }) {
  const { opened, error } = use(exchange);
  const language = opened?.language;
  useEffect(() => {
    if (language) void adoptLanguage(language);
  }, [language]);
  return error ? <CallAlert error={error} /> : <ActivationForm opened={opened} />;
}

function ActivationForm({ opened }: { opened: Opened }) {
  const { t } = useTranslation();
  const { ticket, customerName, isRenewal, privacyUrl } = opened;
  const form = useForm({
    initialValues: { apiKey: '', isAccepted: privacyUrl === null },
    validate: {
      apiKey: (value) => (value.trim() === '' ? t('setUp.fieldMissing') : null),
      isAccepted: (value) => (value ? null : t('inside.privacyMissing')),
    },
  });
  const activate = useMutation({
    mutationFn: (apiKey: string) => call('POST /api/marketplace/activations/confirm', { body: { ticket, apiKey } }),
    onSuccess: () => tellCrm('active'),
    onError: (error) => {
      tellCrm('error');
      if (isKeyWrong(error)) form.setFieldError('apiKey', noticeText(error));
    },
  });
  if (activate.isSuccess) {
    return (
      <Alert color="green" icon={<Icon name="check" />} title={t('inside.activatedTitle')} role="status">
        {t('inside.activatedText')}
      </Alert>
    );
  }
  return (
    <form onSubmit={form.onSubmit(({ apiKey }) => activate.mutate(apiKey))} noValidate>
      <Stack gap="md">
        <Text size="sm">{t('inside.activationFor', { customer: customerName })}</Text>
        {isRenewal && <InfoAlert>{t('inside.activationRenewal')}</InfoAlert>}
        {activate.error && !isKeyWrong(activate.error) && <ErrorAlert error={activate.error} />}
        <PasswordInput
          label={t('inside.apiKey')}
          description={t('inside.apiKeyHint')}
          autoComplete="off"
          {...form.getInputProps('apiKey')}
        />
        {privacyUrl !== null && (
          <Stack gap={4}>
            <Checkbox label={t('inside.privacyAccept')} {...form.getInputProps('isAccepted', { type: 'checkbox' })} />
            <ExternalLink href={privacyUrl} size="sm">
              {t('inside.privacyLink')}
            </ExternalLink>
          </Stack>
        )}
        <Button type="submit" fullWidth loading={activate.isPending}>
          {t('inside.activate')}
        </Button>
      </Stack>
    </form>
  );
}

function isKeyWrong(error: Error): error is ApiError {
  return error instanceof ApiError && error.field === 'apiKey';
}

/** The word is no secret, and nobody but the CRM can be the parent: the page's policy forbids every other frame. */
function tellCrm(word: 'active' | 'error'): void {
  window.parent.postMessage(word, '*');
}
