import { Anchor, Button, Checkbox, Group, Radio, Select, Stack, Table, Text } from '@mantine/core';
import { useForm } from '@mantine/form';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import type { ActivityKind, FieldSettings, PersonField, ProviderKey, Settings } from '../api-types.ts';
import { noticeText } from '../notice-text.ts';
import { ACTIVITIES_OF, LOCKED_ACTIVITIES, PERSON_FIELD_ORDER } from '../term-order.ts';
import { ActivityTypeFields } from './activity-types.tsx';
import { Section } from './section.tsx';
import { WorkSettings, type WorkValues, workValues } from './work-settings.tsx';

/** Choices of a field that are no provider field. */
const AUTOMATIC = ':automatic';
const NONE = ':none';

type SettingsFormProps = {
  provider: ProviderKey;
  fields: FieldSettings;
  settings: Settings;
  onSubmit: (settings: Settings) => void;
  isSaving: boolean;
  isReadOnly?: boolean;
  /** whose CRM is asked what activities may be called; set-up takes what fits best */
  connectionId?: string;
  /** asks what is repaired by itself; set-up has nothing to be repaired yet */
  hasRepair?: boolean;
  submitLabel: string;
  hint?: string;
  error: ReactNode;
};

type FormValues = {
  mapping: Record<PersonField, string>;
  activities: ActivityKind[];
  activityTypes: Settings['activityTypes'];
  otherLists: boolean;
  optOutValue: Settings['optOutValue'];
  createsContacts: boolean;
  repairsEverything: boolean;
  work: WorkValues;
};

/** Field mapping, activities and opt-out value: step 2 of the set-up, and later the settings. */
export function SettingsForm({
  provider,
  fields,
  settings,
  onSubmit,
  isSaving,
  isReadOnly,
  ...rest
}: SettingsFormProps) {
  const { t } = useTranslation();
  const form = useForm<FormValues>({
    initialValues: {
      mapping: initialMapping(fields, settings),
      activities: [...new Set([...LOCKED_ACTIVITIES, ...settings.activities])],
      activityTypes: settings.activityTypes,
      otherLists: settings.otherLists,
      optOutValue: settings.optOutValue,
      createsContacts: settings.unknownMembers === 'create',
      repairsEverything: settings.webhookRepair === 'everything',
      work: workValues(settings),
    },
    validate: { mapping: validateMapping(noticeText({ code: 'settings.field_used_twice' })) },
  });
  const submit = ({ mapping, createsContacts, repairsEverything, work, ...values }: FormValues) =>
    onSubmit({
      audience: settings.audience,
      mapping: toMapping(mapping, fields),
      ...values,
      unknownMembers: createsContacts ? 'create' : 'leave',
      webhookRepair: repairsEverything ? 'everything' : 'opt-outs',
      ...work,
    });
  return (
    <form onSubmit={form.onSubmit(submit)} noValidate>
      <fieldset disabled={isReadOnly} className="plain-fieldset">
        <Stack gap="lg">
          <Section anchor="fields" title={t('setUp.fieldsTitle')} hint={t('setUp.fieldsText')}>
            <Table className="stacking-table" verticalSpacing="sm">
              <Table.Thead>
                <Table.Tr>
                  <Table.Th w="45%">{t('setUp.fieldOfContact')}</Table.Th>
                  <Table.Th>{t('setUp.fieldOfProvider')}</Table.Th>
                </Table.Tr>
              </Table.Thead>
              <Table.Tbody>
                {PERSON_FIELD_ORDER.map((field) => (
                  <FieldRow
                    key={field}
                    field={field}
                    fields={fields}
                    inputProps={form.getInputProps(`mapping.${field}`)}
                  />
                ))}
              </Table.Tbody>
            </Table>
            <Anchor component={Link} href="/guide/marketing" size="sm">
              {t('setUp.salutationHelp')}
            </Anchor>
          </Section>
          <Section anchor="activities" title={t('setUp.activitiesTitle')} hint={t('setUp.activitiesText')}>
            <Checkbox.Group aria-label={t('setUp.activitiesTitle')} {...form.getInputProps('activities')}>
              <Stack gap="sm">
                {ACTIVITIES_OF[provider].map((kind) => (
                  <Checkbox
                    key={kind}
                    value={kind}
                    label={t(`activities.${kind}.label`)}
                    description={t(`activities.${kind}.hint`)}
                    disabled={LOCKED_ACTIVITIES.includes(kind)}
                  />
                ))}
              </Stack>
            </Checkbox.Group>
            {provider === 'brevo' && (
              <Checkbox
                mt="sm"
                label={t('campaigns.otherLists')}
                description={t('campaigns.otherListsHint')}
                {...form.getInputProps('otherLists', { type: 'checkbox' })}
              />
            )}
          </Section>
          {rest.connectionId !== undefined && (
            <Section anchor="activity-types" title={t('campaigns.typesTitle')} hint={t('campaigns.typesHint')}>
              <ActivityTypeFields
                connectionId={rest.connectionId}
                kinds={ACTIVITIES_OF[provider].filter((kind) => form.values.activities.includes(kind))}
                value={form.values.activityTypes}
                onChange={(value) => form.setFieldValue('activityTypes', value)}
              />
            </Section>
          )}
          <Section anchor="opt-out" title={t('setUp.optOutTitle')} hint={t('setUp.optOutText')}>
            <Radio.Group aria-label={t('setUp.optOutTitle')} {...form.getInputProps('optOutValue')}>
              <Stack gap="sm">
                <Radio
                  value="cancellation"
                  label={t('setUp.optOutCancellation')}
                  description={t('setUp.optOutCancellationHint')}
                />
                <Radio value="no" label={t('setUp.optOutNo')} description={t('setUp.optOutNoHint')} />
              </Stack>
            </Radio.Group>
          </Section>
          <Section anchor="unknown-members" title={t('setUp.unknownMembersTitle')} hint={t('setUp.unknownMembersText')}>
            <Checkbox
              label={t('setUp.createContacts')}
              {...form.getInputProps('createsContacts', { type: 'checkbox' })}
            />
          </Section>
          {rest.hasRepair && (
            <Section anchor="webhook-repair" title={t('webhook.repairTitle')} hint={t('webhook.repairText')}>
              <Checkbox
                label={t('webhook.repairEverything')}
                {...form.getInputProps('repairsEverything', { type: 'checkbox' })}
              />
            </Section>
          )}
          {rest.hasRepair && (
            <WorkSettings provider={provider} inputProps={(name) => form.getInputProps(`work.${name}`)} />
          )}
          {!isReadOnly && (
            // where nothing has to be read first, it is saved from wherever one is in the form
            <Stack gap="sm" {...(rest.hint === undefined ? { className: 'form-end' } : {})}>
              {rest.error}
              <Group gap="sm">
                {rest.hint !== undefined && (
                  <Text size="sm" c="dimmed" maw="60ch" className="beside-button">
                    {rest.hint}
                  </Text>
                )}
                <Button type="submit" ml="auto" loading={isSaving}>
                  {rest.submitLabel}
                </Button>
              </Group>
            </Stack>
          )}
        </Stack>
      </fieldset>
    </form>
  );
}

type FieldRowProps = { field: PersonField; fields: FieldSettings; inputProps: { value?: string } };

function FieldRow({ field, fields, inputProps }: FieldRowProps) {
  const { t } = useTranslation();
  const sample = fields.samples.find((candidate) => candidate.field === field)?.value;
  const isMissing = fields.missingInCrm.includes(field);
  const choices = [
    {
      value: AUTOMATIC,
      label: fields.willBeCreated.includes(field) ? t('setUp.willBeCreated') : t('setUp.createField'),
    },
    { value: NONE, label: t('setUp.doNotCarry') },
    ...fields.providerFields.map(({ key, label }) => ({ value: key, label: `${label} (${key})` })),
  ];
  return (
    <Table.Tr>
      <Table.Td>
        <Text fw={500}>{t(`personFields.${field}`)}</Text>
        <Text size="sm" c="dimmed" className="break-anywhere">
          {isMissing ? t('setUp.missingInCrm') : sample && t('setUp.sample', { value: sample })}
        </Text>
      </Table.Td>
      <Table.Td>
        <Select
          aria-label={`${t('setUp.fieldOfProvider')}: ${t(`personFields.${field}`)}`}
          data={choices}
          allowDeselect={false}
          disabled={isMissing}
          {...inputProps}
        />
      </Table.Td>
    </Table.Tr>
  );
}

/** What was saved, else the field that was recognised, else a new one. */
function initialMapping(fields: FieldSettings, settings: Settings): Record<PersonField, string> {
  const choiceOf = (field: PersonField) => {
    if (fields.missingInCrm.includes(field)) return NONE;
    const saved = field in settings.mapping ? settings.mapping[field] : fields.mapping[field];
    return saved === null ? NONE : (saved ?? AUTOMATIC);
  };
  return {
    salutation: choiceOf('salutation'),
    letterSalutation: choiceOf('letterSalutation'),
    firstName: choiceOf('firstName'),
    lastName: choiceOf('lastName'),
  };
}

function toMapping(choices: Record<PersonField, string>, fields: FieldSettings): Settings['mapping'] {
  const mapping: Settings['mapping'] = {};
  for (const field of PERSON_FIELD_ORDER) {
    const choice = choices[field];
    if (choice === AUTOMATIC || fields.missingInCrm.includes(field)) continue;
    mapping[field] = choice === NONE ? null : choice;
  }
  return mapping;
}

function validateMapping(usedTwice: string) {
  const check = (value: string, { mapping }: FormValues) =>
    value !== AUTOMATIC && value !== NONE && Object.values(mapping).filter((other) => other === value).length > 1
      ? usedTwice
      : null;
  return { salutation: check, letterSalutation: check, firstName: check, lastName: check };
}
