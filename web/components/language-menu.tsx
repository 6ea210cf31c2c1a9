import { ActionIcon, Menu } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { LANGUAGES, type PageLanguage } from '../i18n/i18n.ts';
import { useLanguageChoice } from '../session.ts';
import { Icon } from './icon.tsx';

/** Chooses the page's language. */
export function LanguageMenu() {
  const { t, i18n } = useTranslation();
  const choose = useLanguageChoice();
  return (
    <Menu position="bottom-end" width={160}>
      <Menu.Target>
        <ActionIcon aria-label={t('frame.language')} title={t('frame.language')}>
          <Icon name="globe" />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {(Object.keys(LANGUAGES) as PageLanguage[]).map((language) => (
          <Menu.Item
            key={language}
            lang={language}
            onClick={() => choose(language)}
            rightSection={i18n.language === language ? <Icon name="check" size={16} /> : undefined}
            aria-current={i18n.language === language ? 'true' : undefined}
          >
            {LANGUAGES[language]}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
