import { Alert, Anchor, Grid, Skeleton, Table, Text } from '@mantine/core';
import { lazy, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useLocation } from 'wouter';
import type { Bridge } from '../../api-types.ts';
import { Icon } from '../../components/icon.tsx';
import { Section } from '../../components/section.tsx';
import { useFormat } from '../../format.ts';
import { axisStart, type BridgeStep, bridgeSteps } from './bridge-steps.ts';

const BridgeChart = lazy(() => import('./bridge-chart.tsx'));

/** The people behind each bar. */
const LISTS = { minus: 'undelivered', plus: 'members' } as const;

/** How contacts with Yes and active members fit together (section 7): drawn, and as a table. */
export function BridgeSection({ connectionId, bridge }: { connectionId: string; bridge: Bridge }) {
  const { t } = useTranslation();
  const format = useFormat();
  const [, navigate] = useLocation();
  const addressOf = (step: BridgeStep) =>
    step.kind === 'total' ? undefined : `/connections/${connectionId}/${LISTS[step.kind]}?reason=${step.reason}`;
  const steps = bridgeSteps(bridge).map((step) => ({
    ...step,
    label:
      step.kind === 'total'
        ? t(`overview.${step.name}`)
        : step.kind === 'minus'
          ? t(`reasons.${step.reason}.label`)
          : t(`memberReasons.${step.reason}.label`),
    shown: `${{ total: '', minus: '−', plus: '+' }[step.kind]}${format.number(step.count)}`,
  }));
  const start = axisStart(steps);
  const choose = (step: BridgeStep) => {
    const address = addressOf(step);
    if (address) navigate(address);
  };
  const kinds = new Set(steps.map(({ kind }) => kind));
  const hints = [
    !kinds.has('minus') && t('overview.sameNumbers'),
    (kinds.has('minus') || kinds.has('plus')) && t('overview.bridgeHint'),
  ];
  return (
    <Section title={t('overview.bridgeTitle')} hint={hints.filter(Boolean).join(' ')}>
      {!bridge.addsUp && (
        <Alert color="orange" icon={<Icon name="alert" />}>
          {t('overview.bridgeMismatch')}
        </Alert>
      )}
      <Grid gap="xl">
        <Grid.Col span={{ base: 12, md: 7 }} visibleFrom="xs">
          <Suspense fallback={<Skeleton height={320} />}>
            <BridgeChart steps={steps} start={start} onChoose={choose} />
          </Suspense>
          {start > 0 && (
            <Text size="xs" c="dimmed" ta="right">
              {t('overview.bridgeAxis', { start })}
            </Text>
          )}
        </Grid.Col>
        <Grid.Col span={{ base: 12, md: 5 }}>
          <Table verticalSpacing={5} className="tabular">
            <Table.Thead>
              <Table.Tr>
                <Table.Th>{t('overview.bridgeRow')}</Table.Th>
                <Table.Th ta="right">{t('overview.bridgeCount')}</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {steps.map((step) => {
                const address = addressOf(step);
                return (
                  <Table.Tr key={`${step.kind} ${step.label}`} fw={step.kind === 'total' ? 650 : undefined}>
                    <Table.Td>
                      {address ? (
                        <Anchor component={Link} href={address} size="sm">
                          {step.label}
                        </Anchor>
                      ) : (
                        step.label
                      )}
                    </Table.Td>
                    <Table.Td ta="right">{step.shown}</Table.Td>
                  </Table.Tr>
                );
              })}
            </Table.Tbody>
          </Table>
        </Grid.Col>
      </Grid>
    </Section>
  );
}
