import { Box, Center, Group, Paper, Stack, Text, Title } from '@mantine/core';
import { type ReactNode, useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { ColorSchemeSwitch } from './color-scheme-switch.tsx';
import { LanguageMenu } from './language-menu.tsx';
import { Logo } from './logo.tsx';

type EntranceProps = {
  title: string;
  /** inside the CRM, whose own window is small and says already what it shows */
  isFramed?: boolean;
  children: ReactNode;
};

/** The frame of pages for people who are not logged in: one card in the middle. */
export function Entrance({ title, isFramed = false, children }: EntranceProps) {
  const { t } = useTranslation();
  useEffect(() => {
    document.title = `${title} – ${t('common.appName')}`;
  }, [title, t]);
  return (
    <Box component="main" mih="100vh">
      <Group justify="flex-end" gap={4} p={isFramed ? 4 : 'xs'}>
        <LanguageMenu />
        <ColorSchemeSwitch />
      </Group>
      <Center px="md" pt={isFramed ? 0 : { base: 'md', sm: '8vh' }} pb={isFramed ? 'md' : 'xl'}>
        <Stack w="100%" maw={isFramed ? 480 : 400} gap="lg">
          {!isFramed && (
            <Group gap="sm" justify="center">
              <Logo size={32} />
              <Text fw={650} size="lg">
                {t('common.appName')}
              </Text>
            </Group>
          )}
          <Paper p={isFramed ? 'lg' : 'xl'} shadow="sm">
            <Stack gap="md">
              <Title order={1}>{title}</Title>
              {children}
            </Stack>
          </Paper>
        </Stack>
      </Center>
    </Box>
  );
}
