import { Alert, List, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { ErasureOutcome } from '../../api-types.ts';
import { ButtonLink } from '../../components/button-link.tsx';
import { Icon } from '../../components/icon.tsx';
import { Page } from '../../components/page.tsx';

/** Says what has become of a person who was erased; nothing else is left to be shown. */
export function ErasedPage({ connectionId, outcomes }: { connectionId: string; outcomes: readonly ErasureOutcome[] }) {
  const { t } = useTranslation();
  const isDone = outcomes.every(({ outcome }) => outcome !== 'unreached');
  return (
    <Page title={t('privacy.done')}>
      <Alert color={isDone ? 'green' : 'orange'} icon={<Icon name={isDone ? 'check' : 'alert'} />} role="status">
        <Stack gap="xs">
          <Text size="sm">{t('privacy.doneText')}</Text>
          <List size="sm">
            {outcomes.map(({ connectionId: id, accountName, provider, outcome }) => (
              <List.Item key={id}>
                {t('privacy.outcome', {
                  account: accountName,
                  provider: t(`providers.${provider}`),
                  outcome: t(`privacy.outcomes.${outcome}`),
                })}
              </List.Item>
            ))}
          </List>
          <Text size="sm">{t('privacy.crmFirst')}</Text>
        </Stack>
      </Alert>
      <div>
        <ButtonLink href={`/connections/${connectionId}/contacts`} variant="default">
          {t('privacy.back')}
        </ButtonLink>
      </div>
    </Page>
  );
}
