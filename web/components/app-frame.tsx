import {
  ActionIcon,
  Anchor,
  AppShell,
  Box,
  Container,
  Group,
  Menu,
  Text,
  UnstyledButton,
  VisuallyHidden,
} from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useLocation, useRoute } from 'wouter';
import { call } from '../api.ts';
import type { Connection } from '../api-types.ts';
import { connectionsQuery, sessionQuery } from '../queries.ts';
import { usePermissions } from '../session.ts';
import { ColorSchemeSwitch } from './color-scheme-switch.tsx';
import { Icon } from './icon.tsx';
import { LanguageMenu } from './language-menu.tsx';
import { Logo } from './logo.tsx';
import { PracticeBar } from './practice-bar.tsx';
import { SectionTabs } from './section-tabs.tsx';

/** What surrounds every page: name, connection, language, colours, account; and the sections of a connection. */
export function AppFrame({ children }: { children: ReactNode }) {
  const { t } = useTranslation();
  const [, params] = useRoute('/connections/:id/*?');
  const connections = useQuery(connectionsQuery).data ?? [];
  const current = connections.find(({ id }) => id === params?.id);
  const hasSections = current !== undefined && current.state !== 'draft';

  return (
    <AppShell header={{ height: hasSections ? 100 : 56 }} padding={0}>
      <a href="#content" className="skip-link">
        {t('common.skipToContent')}
      </a>
      <AppShell.Header>
        <Container size="lg" px="md" h={56}>
          <Group h="100%" justify="space-between" gap="xs" wrap="nowrap">
            <Group gap="md" wrap="nowrap" miw={0}>
              <Anchor component={Link} href="/" underline="never" c="inherit" aria-label={t('common.appName')}>
                <Group gap="xs" wrap="nowrap">
                  <Logo />
                  <Text fw={650} visibleFrom="sm" style={{ whiteSpace: 'nowrap' }}>
                    {t('common.appName')}
                  </Text>
                </Group>
              </Anchor>
              {connections.length > 0 && <ConnectionMenu connections={connections} current={current} />}
            </Group>
            <Group gap={4} wrap="nowrap">
              <ActionIcon
                component={Link}
                href="/guide/marketing"
                aria-label={t('frame.help')}
                title={t('frame.help')}
                visibleFrom="xs"
              >
                <Icon name="question" />
              </ActionIcon>
              <LanguageMenu />
              <ColorSchemeSwitch />
              <AccountMenu />
            </Group>
          </Group>
        </Container>
        {hasSections && (
          <Container size="lg" px="md">
            <SectionTabs connectionId={current.id} />
          </Container>
        )}
      </AppShell.Header>
      <AppShell.Main>
        <PracticeBar />
        <Box id="content" tabIndex={-1} style={{ outline: 'none' }}>
          <Container size="lg" px="md" py="lg">
            {children}
          </Container>
        </Box>
      </AppShell.Main>
    </AppShell>
  );
}

function ConnectionMenu({ connections, current }: { connections: Connection[]; current: Connection | undefined }) {
  const { t } = useTranslation();
  const [, navigate] = useLocation();
  const { mayAdminister } = usePermissions();
  return (
    <Menu position="bottom-start" width={280}>
      <Menu.Target>
        <UnstyledButton px="xs" py={6} miw={0}>
          <Group gap={4} wrap="nowrap" miw={0}>
            <VisuallyHidden>{t('frame.switchConnection')}:</VisuallyHidden>
            <Text size="sm" truncate c={current ? undefined : 'dimmed'}>
              {current ? current.accountName : t('frame.connections')}
            </Text>
            <Icon name="chevron" size={16} />
          </Group>
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        {connections.map(({ id, accountName, audienceName, provider, state }) => (
          <Menu.Item
            key={id}
            onClick={() => navigate(state === 'draft' ? `/connections/${id}/set-up` : `/connections/${id}`)}
            {...(id === current?.id ? { 'aria-current': 'true' as const } : {})}
          >
            <Text size="sm" fw={id === current?.id ? 650 : 400}>
              {accountName}
            </Text>
            <Text size="xs" c="dimmed">
              {t(`providers.${provider}`)}
              {audienceName && ` · ${audienceName}`}
            </Text>
          </Menu.Item>
        ))}
        <Menu.Divider />
        <Menu.Item onClick={() => navigate('/')}>{t('frame.connections')}</Menu.Item>
        {mayAdminister && (
          <Menu.Item leftSection={<Icon name="plus" size={16} />} onClick={() => navigate('/connections/new')}>
            {t('frame.newConnection')}
          </Menu.Item>
        )}
      </Menu.Dropdown>
    </Menu>
  );
}

function AccountMenu() {
  const { t } = useTranslation();
  const [, navigate] = useLocation();
  const client = useQueryClient();
  const { operator, crmCustomer } = useQuery(sessionQuery).data ?? {};
  const logOut = useMutation({
    mutationFn: () => call('DELETE /api/session'),
    onSettled: () => {
      client.clear();
      client.setQueryData(sessionQuery.queryKey, null);
    },
  });
  return (
    <Menu position="bottom-end" width={200}>
      <Menu.Target>
        <ActionIcon aria-label={t('frame.account')} title={t('frame.account')}>
          <Icon name="user" />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {operator && (
          <Menu.Label>
            {operator.name} · {t(`roles.${operator.role}`)}
          </Menu.Label>
        )}
        {crmCustomer && <Menu.Label>{crmCustomer}</Menu.Label>}
        {!crmCustomer && (
          <Menu.Item onClick={() => navigate('/users')}>
            {operator?.role === 'administrator' ? t('users.title') : t('users.ownTitle')}
          </Menu.Item>
        )}
        {/* a menu without items is none */}
        <Menu.Item component={Link} href="/guide/marketing" {...(crmCustomer ? {} : { hiddenFrom: 'xs' })}>
          {t('frame.help')}
        </Menu.Item>
        {/* inside the CRM, closing the window is leaving */}
        {!crmCustomer && <Menu.Item onClick={() => logOut.mutate()}>{t('frame.logOut')}</Menu.Item>}
      </Menu.Dropdown>
    </Menu>
  );
}
