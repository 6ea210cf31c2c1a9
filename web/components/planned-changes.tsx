import { Accordion, Group, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Preview } from '../api-types.ts';
import { useFormat } from '../format.ts';
import { ChangeTable } from './change-table.tsx';
import { Section } from './section.tsx';

type Count = Preview['counts'][number];

/** The changes of a plan by kind, each with examples before and after. */
export function PlannedChanges({ counts, downloads }: { counts: readonly Count[]; downloads: ReactNode }) {
  const { t } = useTranslation();
  const format = useFormat();
  const shown = counts.filter(({ count }) => count > 0);
  const total = shown.reduce((sum, { count }) => sum + count, 0);
  return (
    <Section
      title={t('run.changes')}
      hint={shown.length > 0 ? t('run.changesTotal', { count: total }) : undefined}
      actions={<Group gap="xs">{downloads}</Group>}
    >
      {shown.length === 0 ? (
        <Text>{t('run.changesNone')}</Text>
      ) : (
        <Accordion multiple variant="separated" order={3}>
          {shown.map(({ kind, count, samples }) => (
            <Accordion.Item key={kind} value={kind}>
              <Accordion.Control>
                <Group justify="space-between" wrap="nowrap" pr="sm">
                  <div>
                    <Text fw={500}>{t(`operations.${kind}.label`)}</Text>
                    <Text size="sm" c="dimmed">
                      {t(`operations.${kind}.hint`)}
                    </Text>
                  </div>
                  <Text fw={650} size="lg" className="tabular">
                    {format.number(count)}
                  </Text>
                </Group>
              </Accordion.Control>
              <Accordion.Panel>
                <Samples samples={samples} total={count} />
              </Accordion.Panel>
            </Accordion.Item>
          ))}
        </Accordion>
      )}
      <Text size="sm" c="dimmed">
        {t('run.backupHint')}
      </Text>
    </Section>
  );
}

function Samples({ samples, total }: { samples: Count['samples']; total: number }) {
  const { t } = useTranslation();
  return (
    <>
      <ChangeTable changes={samples} />
      {samples.length < total && (
        <Text size="sm" c="dimmed" mt="xs">
          {t('run.samples', { count: samples.length, total })}
        </Text>
      )}
    </>
  );
}
