import { Group, Paper, Stack, Text, ThemeIcon, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import type { Connection } from '../../api-types.ts';
import { ButtonLink } from '../../components/button-link.tsx';
import { Icon } from '../../components/icon.tsx';
import { Loaded } from '../../components/loaded.tsx';
import { Page } from '../../components/page.tsx';
import { ConnectionBadge } from '../../components/state-badge.tsx';
import { useFormat } from '../../format.ts';
import { connectionsQuery } from '../../queries.ts';
import { usePermissions } from '../../session.ts';

/** All connections; where there is none, the way to the first one. */
export function ConnectionListPage() {
  const { t } = useTranslation();
  const connections = useQuery(connectionsQuery);
  const { mayAdminister } = usePermissions();
  const hasSome = connections.data !== undefined && connections.data.length > 0;
  return (
    <Page
      title={t('connectionList.title')}
      actions={
        hasSome &&
        mayAdminister && (
          <ButtonLink href="/connections/new" leftSection={<Icon name="plus" />}>
            {t('connectionList.add')}
          </ButtonLink>
        )
      }
    >
      <Loaded query={connections} skeleton={[84, 85]}>
        {(list) => (list.length === 0 ? <NoConnection /> : <ConnectionCards connections={list} />)}
      </Loaded>
    </Page>
  );
}

function NoConnection() {
  const { t } = useTranslation();
  const { mayAdminister } = usePermissions();
  return (
    <Paper p="xl" py={48}>
      <Stack align="center" gap="md">
        <ThemeIcon size={56} radius="xl" variant="light">
          <Icon name="sync" size={28} />
        </ThemeIcon>
        <Title order={2} ta="center">
          {t('connectionList.emptyTitle')}
        </Title>
        <Text c="dimmed" ta="center" maw="60ch">
          {mayAdminister ? t('connectionList.emptyText') : t('connectionList.emptyForReader')}
        </Text>
        {mayAdminister && (
          <ButtonLink href="/connections/new" size="md">
            {t('connectionList.emptyAction')}
          </ButtonLink>
        )}
      </Stack>
    </Paper>
  );
}

function ConnectionCards({ connections }: { connections: Connection[] }) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <Stack component="ul" gap="sm" m={0} p={0} style={{ listStyle: 'none' }}>
      {connections.map(({ id, provider, accountName, audienceName, state, createdAt }) => (
        <li key={id}>
          <Paper
            component={Link}
            href={state === 'draft' || state === 'ready' ? `/connections/${id}/set-up` : `/connections/${id}`}
            className="card-link"
          >
            <Group justify="space-between" gap="sm">
              <div>
                <Text fw={650}>{accountName}</Text>
                <Text size="sm" c="dimmed">
                  {t(`providers.${provider}`)}
                  {' · '}
                  {audienceName === ''
                    ? t('connectionList.noAudienceYet')
                    : t('connectionList.audience', { name: audienceName })}
                  {' · '}
                  {t('connectionList.since', { date: format.date(createdAt) })}
                </Text>
              </div>
              <ConnectionBadge state={state} />
            </Group>
          </Paper>
        </li>
      ))}
    </Stack>
  );
}
