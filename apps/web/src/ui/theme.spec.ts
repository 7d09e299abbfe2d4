import { jest } from '@jest/globals';
import { themeFor } from './theme.js';

/** Relative luminance of `#rrggbb`. Source: WCAG 2.2, "relative luminance". */
function luminance(color: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5]
    .map((at) => parseInt(color.slice(at, at + 2), 16) / 255)
    .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(one: string, other: string): number {
  const [light = 0, dark = 0] = [luminance(one), luminance(other)].sort((a, b) => b - a);
  return (light + 0.05) / (dark + 0.05);
}

describe('theme', () => {
  beforeAll(() => {
    Object.assign(globalThis, { window: { matchMedia: jest.fn(() => ({ matches: false })) } });
  });
  afterAll(() => {
    Reflect.deleteProperty(globalThis, 'window');
  });

  it.each([false, true])('writes on filled buttons so that it can be read (dark: %s)', (isDark) => {
    const { token, components } = themeFor('staff', isDark);
    const { primaryColor, dangerColor } = components?.Button ?? {};

    expect(contrast(String(primaryColor), String(token?.colorPrimary))).toBeGreaterThan(4.5);
    expect(contrast(String(dangerColor), String(token?.colorError))).toBeGreaterThan(4.5);
  });
});
