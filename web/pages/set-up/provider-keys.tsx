import { Group, PasswordInput, Radio } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { AudienceChoice, ProviderCheck, ProviderKey } from '../../api-types.ts';
import { ExternalLink } from '../../components/external-link.tsx';
import { Section } from '../../components/section.tsx';
import { planName } from '../../plan-name.ts';
import { OFFERED_PROVIDERS } from '../../term-order.ts';
import { AudienceChoiceInput } from './audience-choice-input.tsx';
import { CheckLine } from './check-line.tsx';
import type { AccessCheck, ProviderKeysInput } from './use-checks.ts';

/** The provider's pages that show the keys and explain where they are (M1). */
const KEY_PAGES: Record<ProviderKey, { keys: string; help: string }> = {
  mailchimp: {
    keys: 'https://admin.mailchimp.com/account/api/',
    help: 'https://mailchimp.com/help/about-api-keys/',
  },
  brevo: {
    keys: 'https://app.brevo.com/settings/keys/api',
    help: 'https://help.brevo.com/hc/en-us/articles/209467485',
  },
};

type ProviderKeysProps = {
  account: ProviderKeysInput;
  onChange: (account: ProviderKeysInput) => void;
  check: AccessCheck<ProviderKeysInput, ProviderCheck>;
  audience: AudienceChoice | null;
  onChooseAudience: (audience: AudienceChoice) => void;
  /** complain about empty fields */
  showMissing: boolean;
};

/** Provider, API key, what was found with it, and the audience (M1, M2). */
export function ProviderKeys({ account, onChange, check, audience, onChooseAudience, showMissing }: ProviderKeysProps) {
  const { t } = useTranslation();
  const pages = KEY_PAGES[account.provider];
  return (
    <Section title={t('setUp.providerTitle')}>
      <Radio.Group
        label={t('setUp.provider')}
        value={account.provider}
        onChange={(value) => {
          const provider = OFFERED_PROVIDERS.find((offered) => offered === value);
          if (provider) onChange({ provider, apiKey: '' });
        }}
      >
        <Group mt={6}>
          {OFFERED_PROVIDERS.map((provider) => (
            <Radio key={provider} value={provider} label={t(`providers.${provider}`)} />
          ))}
        </Group>
      </Radio.Group>
      <PasswordInput
        label={t('setUp.apiKey')}
        description={
          <Group component="span" gap="0 16px" className="roomy-links">
            <ExternalLink href={pages.keys} size="sm">
              {t('setUp.apiKeyWhere', { provider: t(`providers.${account.provider}`) })}
            </ExternalLink>
            <ExternalLink href={pages.help} size="sm">
              {t('setUp.apiKeyHelp')}
            </ExternalLink>
          </Group>
        }
        value={account.apiKey}
        onChange={({ currentTarget }) => onChange({ ...account, apiKey: currentTarget.value })}
        onBlur={check.checkIfNew}
        error={showMissing && account.apiKey.trim() === '' ? t('setUp.fieldMissing') : undefined}
        autoComplete="off"
        maw={520}
      />
      <CheckLine check={check} onCheck={() => check.check(account)}>
        {({ accountName, plan, isPaidPlan }) =>
          t('setUp.checkedProvider', {
            name: accountName,
            plan: planName(plan),
            kind: isPaidPlan ? t('setUp.paidPlan') : t('setUp.freePlan'),
          })
        }
      </CheckLine>
      {check.result && (
        <AudienceChoiceInput
          found={check.result}
          value={audience}
          onChange={onChooseAudience}
          showMissing={showMissing}
        />
      )}
    </Section>
  );
}
