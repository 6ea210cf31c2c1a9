import { Button, Checkbox, Group, Select, SimpleGrid, Stack, Text, Textarea, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { notifications } from '@mantine/notifications';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { ApiError, call } from '../../api.ts';
import type { Person } from '../../api-types.ts';
import { ErrorAlert } from '../../components/error-alert.tsx';
import { Section } from '../../components/section.tsx';
import type { PageLanguage } from '../../i18n/i18n.ts';
import { noticeText } from '../../notice-text.ts';
import { personQuery } from '../../queries.ts';
import { localMinute } from './local-minute.ts';

type OptInSectionProps = { view: Person; connectionId: string; person: string; language: PageLanguage };
type Typed = { contactId: string; person: string; givenAt: string; evidence: string; setsField: boolean };

/** Enters an opt-in by hand: who gave it, when and how (R1 c). */
export function OptInSection({ view, connectionId, person, language }: OptInSectionProps) {
  const { t } = useTranslation();
  const first = view.contacts.find(({ contactId }) => contactId === person) ?? view.contacts[0];
  return (
    <Section title={t('optIn.title')} hint={t('optIn.hint')}>
      {!first && <Text size="sm">{t('optIn.noContact')}</Text>}
      {first && view.email === '' && <Text size="sm">{t('optIn.noAddress')}</Text>}
      {first && view.email !== '' && (
        <OptInForm view={view} first={first} connectionId={connectionId} person={person} language={language} />
      )}
    </Section>
  );
}

function OptInForm({ view, first, connectionId, person, language }: OptInSectionProps & { first: Contact }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const form = useForm<Typed>({
    initialValues: {
      contactId: first.contactId,
      person: first.name,
      givenAt: localMinute(new Date()),
      evidence: '',
      setsField: true,
    },
    validate: {
      person: (value) => (value.trim() === '' ? noticeText({ code: 'opt_in.person_missing' }) : null),
      givenAt: (value) => (Number.isNaN(Date.parse(value)) ? t('optIn.dateMissing') : null),
      evidence: (value) => (value.trim() === '' ? noticeText({ code: 'opt_in.evidence_missing' }) : null),
    },
  });
  const enter = useMutation({
    mutationFn: ({ contactId, givenAt, ...typed }: Typed) =>
      call('POST /api/connections/:connectionId/contacts/:contactId/opt-in', {
        params: { connectionId, contactId },
        query: { language },
        body: { ...typed, givenAt: new Date(givenAt).toISOString() },
      }),
    onSuccess: (answer) => {
      client.setQueryData(personQuery(connectionId, person, language).queryKey, answer);
      form.reset();
      notifications.show({
        message: t('optIn.done'),
        color: 'green',
        closeButtonProps: { 'aria-label': t('common.close') },
      });
    },
    onError: (error) => {
      if (isAboutInput(error)) form.setFieldError(error.field, noticeText(error));
    },
  });
  const options = view.contacts.map(({ contactId, name }) => ({
    value: contactId,
    label: `${name || t('undelivered.noName')} · ${t('undelivered.contactNumber', { id: contactId })}`,
  }));
  return (
    <form onSubmit={form.onSubmit((typed) => enter.mutate(typed))} noValidate>
      <Stack gap="md">
        {options.length > 1 && (
          <Select
            label={t('optIn.contact')}
            data={options}
            allowDeselect={false}
            {...form.getInputProps('contactId')}
          />
        )}
        <SimpleGrid cols={{ base: 1, sm: 2 }}>
          <TextInput
            label={t('optIn.person')}
            description={t('optIn.personHint')}
            maxLength={200}
            required
            {...form.getInputProps('person')}
          />
          <TextInput
            label={t('optIn.givenAt')}
            description={Intl.DateTimeFormat().resolvedOptions().timeZone}
            type="datetime-local"
            required
            {...form.getInputProps('givenAt')}
          />
        </SimpleGrid>
        <Textarea
          label={t('optIn.evidence')}
          description={t('optIn.evidenceHint')}
          maxLength={2000}
          autosize
          minRows={2}
          required
          {...form.getInputProps('evidence')}
        />
        <Checkbox
          label={t('optIn.setsField')}
          description={t('optIn.setsFieldHint')}
          {...form.getInputProps('setsField', { type: 'checkbox' })}
        />
        {enter.error && !isAboutInput(enter.error) && <ErrorAlert error={enter.error} />}
        <Group justify="flex-end">
          <Button type="submit" loading={enter.isPending}>
            {t('optIn.submit')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

type Contact = Person['contacts'][number];
type InputName = 'person' | 'givenAt' | 'evidence';

/** An error that belongs to one input and is shown there. */
function isAboutInput(error: Error): error is ApiError & { field: InputName } {
  return error instanceof ApiError && ['person', 'givenAt', 'evidence'].includes(error.field ?? '');
}
