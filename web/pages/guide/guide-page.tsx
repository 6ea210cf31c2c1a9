import { Group, Paper, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { ButtonLink } from '../../components/button-link.tsx';
import { Loaded } from '../../components/loaded.tsx';
import { Page } from '../../components/page.tsx';
import { WithContents } from '../../components/with-contents.tsx';
import { guideBlocks } from '../../guides/guide-blocks.ts';
import { GUIDES, type GuideName, guideLanguage, loadGuide } from '../../guides/guides.ts';
import { LANGUAGES, pageLanguage } from '../../i18n/i18n.ts';
import { GuideText, guideContents } from './guide-text.tsx';

/** A guide of `docs/guides` to be read on the page, in the reader's language or else in English. */
export function GuidePage({ name }: { name: GuideName }) {
  const { t, i18n } = useTranslation();
  const shown = pageLanguage(i18n.language);
  const language = guideLanguage(name, shown);
  const guide = useQuery({
    queryKey: ['guide', name, language],
    queryFn: () => loadGuide(name, language),
    staleTime: Number.POSITIVE_INFINITY,
  });
  return (
    <Page
      title={t('guide.title')}
      actions={
        <Group component="nav" gap="xs" aria-label={t('guide.readers')}>
          {GUIDES.map((one) => (
            <ButtonLink
              key={one}
              href={`/guide/${one}`}
              variant={one === name ? 'filled' : 'default'}
              size="xs"
              aria-current={one === name ? 'page' : undefined}
            >
              {t(`guide.${one}`)}
            </ButtonLink>
          ))}
        </Group>
      }
    >
      <Loaded query={guide} skeleton={[600]}>
        {(markdown) => {
          const blocks = guideBlocks(markdown);
          return (
            <WithContents entries={guideContents(blocks)}>
              <Stack gap="sm">
                {language !== shown && (
                  <Text size="sm" c="dimmed">
                    {t('guide.otherLanguage', { language: LANGUAGES[language] })}
                  </Text>
                )}
                <Paper lang={language} p={{ base: 'md', sm: 'lg' }}>
                  <GuideText blocks={blocks} />
                </Paper>
              </Stack>
            </WithContents>
          );
        }}
      </Loaded>
    </Page>
  );
}
