import { Alert, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Icon } from '../../components/icon.tsx';
import { Loaded } from '../../components/loaded.tsx';
import { Page } from '../../components/page.tsx';
import { pageLanguage } from '../../i18n/i18n.ts';
import { useLive } from '../../live.ts';
import { heldQuery } from '../../queries.ts';
import { usePermissions } from '../../session.ts';
import { HeldGroupSection } from './held-group-section.tsx';

/** What was held and waits for a person's answer (R12, M21), by question and kind. */
export function HeldPage({ connectionId }: { connectionId: string }) {
  const { t, i18n } = useTranslation();
  useLive(connectionId);
  const held = useQuery(heldQuery(connectionId, pageLanguage(i18n.language)));
  const { mayEdit } = usePermissions();
  return (
    <Page title={t('held.title')}>
      <Text c="dimmed" maw="75ch">
        {t('held.intro')}
      </Text>
      {!mayEdit && <Text c="dimmed">{t('held.readOnly')}</Text>}
      <Loaded query={held} skeleton={[320]}>
        {({ groups, asOf }) =>
          groups.length === 0 ? (
            <Alert color="green" icon={<Icon name="check" />}>
              {t('held.none')}
            </Alert>
          ) : (
            <Stack gap="lg">
              {groups.map((group) => (
                <HeldGroupSection
                  key={`${group.question} ${group.kind}`}
                  connectionId={connectionId}
                  group={group}
                  asOf={asOf}
                />
              ))}
            </Stack>
          )
        }
      </Loaded>
    </Page>
  );
}
