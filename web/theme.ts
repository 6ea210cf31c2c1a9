import {
  ActionIcon,
  Alert,
  type CSSVariablesResolver,
  createTheme,
  Menu,
  Modal,
  Paper,
  Select,
  Skeleton,
  Table,
} from '@mantine/core';

/** One look for all pages: system fonts, calm indigo, contrast chosen by the luminance of the ground. */
export const theme = createTheme({
  primaryColor: 'indigo',
  primaryShade: { light: 8, dark: 7 },
  autoContrast: true,
  luminanceThreshold: 0.32,
  defaultRadius: 'md',
  respectReducedMotion: true,
  cursorType: 'pointer',
  fontFamily: "system-ui, -apple-system, 'Segoe UI', Roboto, 'Open Sans', 'Helvetica Neue', Arial, sans-serif",
  headings: {
    fontWeight: '650',
    sizes: {
      h1: { fontSize: '1.5rem', lineHeight: '1.3' },
      h2: { fontSize: '1.125rem', lineHeight: '1.4' },
      h3: { fontSize: '1rem', lineHeight: '1.4' },
      h4: { fontSize: '0.9375rem', lineHeight: '1.4' },
    },
  },
  components: {
    ActionIcon: ActionIcon.extend({ defaultProps: { variant: 'subtle', color: 'gray', size: 'lg' } }),
    Alert: Alert.extend({ defaultProps: { variant: 'light' } }),
    // the empty element that takes the focus first is no part of a menu for screen readers
    Menu: Menu.extend({ defaultProps: { withInitialFocusPlaceholder: false, withinPortal: false } }),
    // a dialog's heading is not the page's banner
    Modal: Modal.extend({
      defaultProps: { centered: true, size: 520, attributes: { header: { role: 'presentation' } } },
    }),
    Paper: Paper.extend({ defaultProps: { withBorder: true, p: 'lg' } }),
    // its list scrolls by itself, so that it is known for one that the keyboard moves through
    Select: Select.extend({
      defaultProps: { withScrollArea: false },
      styles: { options: { maxHeight: 240, overflowY: 'auto' } },
    }),
    Skeleton: Skeleton.extend({ defaultProps: { radius: 'md' } }),
    Table: Table.extend({ defaultProps: { verticalSpacing: 'xs', horizontalSpacing: 'sm' } }),
  },
});

/** Grounds of alerts, badges and quiet buttons in the dark: the library's own are so strong that every hint looks like an alarm. */
const DARK_GROUNDS = {
  red: { ground: '#3b2022', hover: '#4a272a', words: '#ffb3b3' },
  orange: { ground: '#3a2718', hover: '#48301d', words: '#ffc78f' },
  yellow: { ground: '#35301b', hover: '#433c21', words: '#ffe27a' },
  green: { ground: '#1c3223', hover: '#234029', words: '#9be7a8' },
  blue: { ground: '#1b2d41', hover: '#223a54', words: '#aad7ff' },
  indigo: { ground: '#262d4d', hover: '#303961', words: '#c0ccff' },
  gray: { ground: '#333333', hover: '#3d3d3d', words: '#dddddd' },
} as const;

/** Around what is typed into or ticked: 3 to 1 against its ground (WCAG 1.4.11), which the library's own are not. */
export const CONTROL_BORDERS = { light: '#7e868e', dark: '#7c7c7c' } as const;

function darkGrounds(): Record<string, string> {
  return Object.fromEntries(
    Object.entries(DARK_GROUNDS).flatMap(([name, { ground, hover, words }]) => [
      [`--mantine-color-${name}-light`, ground],
      [`--mantine-color-${name}-light-hover`, hover],
      [`--mantine-color-${name}-light-color`, words],
    ]),
  );
}

/** Colours beyond the theme: the library's own shades are too pale to be read on their grounds (WCAG AA, 4.5 to 1). */
export const cssVariables: CSSVariablesResolver = () => ({
  variables: {},
  light: {
    '--mantine-color-dimmed': 'var(--mantine-color-gray-7)',
    '--mantine-color-anchor': 'var(--mantine-color-indigo-8)',
    '--mantine-color-error': 'var(--mantine-color-red-9)',
    '--mantine-color-green-light-color': '#1f6b2d',
    '--mantine-color-yellow-light-color': '#7a4a00',
    '--mantine-color-orange-light-color': '#a33808',
    '--mantine-color-disabled-color': 'var(--mantine-color-gray-6)',
    // the library's own is the page's ground
    '--mantine-color-gray-light': 'var(--mantine-color-gray-3)',
    '--control-border': CONTROL_BORDERS.light,
    '--page-ground': 'var(--mantine-color-gray-1)',
    '--practice-ground': 'var(--mantine-color-yellow-1)',
    '--skeleton-ground': 'var(--mantine-color-gray-2)',
  },
  dark: {
    ...darkGrounds(),
    '--mantine-color-disabled-color': 'var(--mantine-color-dark-2)',
    '--mantine-color-dimmed': 'var(--mantine-color-dark-1)',
    '--mantine-color-anchor': 'var(--mantine-color-indigo-3)',
    '--mantine-color-error': 'var(--mantine-color-red-4)',
    '--control-border': CONTROL_BORDERS.dark,
    '--page-ground': 'var(--mantine-color-dark-8)',
    '--practice-ground': '#3a3013',
    '--skeleton-ground': 'var(--mantine-color-dark-6)',
  },
});
