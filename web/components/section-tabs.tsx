import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useLocation } from 'wouter';

const SECTIONS = ['overview', 'contacts', 'undelivered', 'campaigns', 'journal', 'settings'] as const;

/** How far the row fades out at its ends, in px. */
const FADE = 16;

/** Whether a page is the one of a section, or lies below it. */
function isWithin(location: string, address: string, isExact: boolean): boolean {
  return location === address || (!isExact && location.startsWith(`${address}/`));
}

/** The pages of one connection, as links in the look of tabs. */
export function SectionTabs({ connectionId }: { connectionId: string }) {
  const { t } = useTranslation();
  const [location] = useLocation();
  const base = `/connections/${connectionId}`;
  const links = useRef<HTMLElement>(null);
  // on a phone the present section may lie outside the row
  // biome-ignore lint/correctness/useExhaustiveDependencies: each page has another present section
  useEffect(() => {
    const present = links.current?.querySelector('[aria-current]');
    if (!links.current || !present) return;
    // not `scrollIntoView`, from where the keyboard would go on
    const row = links.current.getBoundingClientRect();
    const { left, right } = present.getBoundingClientRect();
    links.current.scrollLeft += Math.max(0, right - row.right + FADE) || Math.min(0, left - row.left - FADE);
  }, [location]);
  const addressOf = (section: (typeof SECTIONS)[number]) => (section === 'overview' ? base : `${base}/${section}`);
  return (
    <nav ref={links} aria-label={t('frame.sections')} className="section-links">
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
