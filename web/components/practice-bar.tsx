import { Box, Container, Group, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { aboutQuery } from '../queries.ts';
import { ExternalLink } from './external-link.tsx';

/** In practice mode: says so, and leads to the simulated systems. */
export function PracticeBar() {
  const { t } = useTranslation();
  const practice = useQuery(aboutQuery).data?.practice;
  if (!practice) return null;
  return (
    <Box className="practice-bar" py={6}>
      <Container size="lg" px="md">
        <Group gap="0 16px" className="roomy-links">
          <Text size="sm">{t('frame.practice')}</Text>
          <ExternalLink href={practice.crm.console} size="sm">
            {t('frame.practiceCrm')}
          </ExternalLink>
          <ExternalLink href={practice.mailchimp.console} size="sm">
            {t('frame.practiceMailchimp')}
          </ExternalLink>
          <ExternalLink href={practice.brevo.console} size="sm">
            {t('frame.practiceBrevo')}
          </ExternalLink>
        </Group>
      </Container>
    </Box>
  );
}
