import { expect, test } from 'vitest';
import { CONTROL_BORDERS } from './theme.ts';

/** The grounds of inputs and of the cards that they stand on. */
const GROUNDS = { light: ['#ffffff'], dark: ['#2e2e2e', '#242424'] } as const;

/** Relative luminance of `#rrggbb` (WCAG 2.2). */
function luminance(color: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(color.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(one: string, other: string): number {
  const [light = 0, dark = 0] = [luminance(one), luminance(other)].sort((a, b) => b - a);
  return (light + 0.05) / (dark + 0.05);
}

test.each(['light', 'dark'] as const)('what is typed into or ticked is told from its ground, %s', (scheme) => {
  for (const ground of GROUNDS[scheme]) expect(contrast(CONTROL_BORDERS[scheme], ground), ground).toBeGreaterThan(3);
});
