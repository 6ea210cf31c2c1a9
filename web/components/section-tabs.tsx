import { useTranslation } from 'react-i18next';
import { Link, useLocation } from 'wouter';

const SECTIONS = ['overview', 'contacts', 'undelivered', 'journal', 'settings'] as const;

/** Whether a page is the one of a section, or lies below it. */
function isWithin(location: string, address: string, isExact: boolean): boolean {
  return location === address || (!isExact && location.startsWith(`${address}/`));
}

/** The pages of one connection, as links in the look of tabs. */
export function SectionTabs({ connectionId }: { connectionId: string }) {
  const { t } = useTranslation();
  const [location] = useLocation();
  const base = `/connections/${connectionId}`;
  const addressOf = (section: (typeof SECTIONS)[number]) => (section === 'overview' ? base : `${base}/${section}`);
  return (
    <nav aria-label={t('frame.sections')} className="section-links">
      {SECTIONS.map((section) => (
        <Link
          key={section}
          href={addressOf(section)}
          aria-current={isWithin(location, addressOf(section), section === 'overview') ? 'page' : undefined}
          className="section-link"
        >
          {t(`frame.${section}`)}
        </Link>
      ))}
    </nav>
  );
}
