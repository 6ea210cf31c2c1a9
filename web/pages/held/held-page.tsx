import { Alert, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { AskedTag, Held } from '../../api-types.ts';
import { FocusKeeper } from '../../components/focus-keeper.tsx';
import { Icon } from '../../components/icon.tsx';
import { Loaded } from '../../components/loaded.tsx';
import { Page } from '../../components/page.tsx';
import { pageLanguage } from '../../i18n/i18n.ts';
import { useLive } from '../../live.ts';
import { askedTagsQuery, connectionsQuery, heldQuery } from '../../queries.ts';
import { usePermissions } from '../../session.ts';
import { AskedTagSection } from './asked-tag-section.tsx';
import { HeldGroupSection } from './held-group-section.tsx';

/** What waits for a person's answer: changes that were held (R12, M21), by question and kind, and tags (R11). */
export function HeldPage({ connectionId }: { connectionId: string }) {
  const { t, i18n } = useTranslation();
  useLive(connectionId);
  const held = useQuery(heldQuery(connectionId, pageLanguage(i18n.language)));
  const tags = useQuery(askedTagsQuery(connectionId));
  const { mayEdit } = usePermissions();
  return (
    <Page title={t('held.title')}>
      {!mayEdit && <Text c="dimmed">{t('held.readOnly')}</Text>}
      <Loaded query={held} skeleton={[320]}>
        {(changes) => (
          <Loaded query={tags} skeleton={[160]}>
            {(asked) => (
              <FocusKeeper shown={`${changes.groups.length} ${asked.length}`}>
                <Questions connectionId={connectionId} changes={changes} tags={asked} />
              </FocusKeeper>
            )}
          </Loaded>
        )}
      </Loaded>
    </Page>
  );
}

function Questions(props: { connectionId: string; changes: Held; tags: readonly AskedTag[] }) {
  const { connectionId, tags } = props;
  const { groups, asOf } = props.changes;
  const { t } = useTranslation();
  const provider = useQuery(connectionsQuery).data?.find(({ id }) => id === connectionId)?.provider;
  if (groups.length === 0 && tags.length === 0) {
    return (
      <Alert color="green" icon={<Icon name="check" />}>
        {t('held.none')}
      </Alert>
    );
  }
  return (
    <Stack gap="lg">
      {groups.length > 0 && (
        <Text c="dimmed" maw="75ch">
          {t('held.intro')}
        </Text>
      )}
      {groups.map((group) => (
        <HeldGroupSection
          key={`${group.question} ${group.kind}`}
          connectionId={connectionId}
          group={group}
          asOf={asOf}
        />
      ))}
      {tags.length > 0 && (
        <Text c="dimmed" maw="75ch">
          {t('askedTags.intro')}
        </Text>
      )}
      {provider &&
        tags.map((tag) => <AskedTagSection key={tag.id} connectionId={connectionId} tag={tag} provider={provider} />)}
    </Stack>
  );
}
