import { theme, type ThemeConfig } from 'antd';

export type Density = 'staff' | 'public';

const family =
  '-apple-system, "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", "Noto Sans SC", "Segoe UI", Roboto, sans-serif';

/** One accent and an 8 px grid; 14 px for people who work here all day, 18 px for people who come once. */
export function themeFor(density: Density, isDark: boolean): ThemeConfig {
  const isPublic = density === 'public';
  return {
    algorithm: isDark ? theme.darkAlgorithm : theme.defaultAlgorithm,
    cssVar: { key: `antd-${density}` },
    token: {
      colorPrimary: isDark ? '#5aa2e6' : '#1b5e9e',
      colorLink: isDark ? '#7cb8f0' : '#1b5e9e',
      colorError: isDark ? '#f2736b' : '#c02a22',
      colorSuccess: isDark ? '#58b06a' : '#2a7a3b',
      colorWarning: isDark ? '#e0a030' : '#9a5b00',
      colorTextSecondary: isDark ? '#b0b6be' : '#55606c',
      colorTextTertiary: isDark ? '#9aa2ab' : '#66717d',
      colorTextPlaceholder: isDark ? '#8b939c' : '#717b86',
      colorTextDescription: isDark ? '#b0b6be' : '#55606c',
      colorBgLayout: isDark ? '#14171a' : '#f5f7f9',
      colorBorder: isDark ? '#4a525b' : '#8f99a3',
      colorBorderSecondary: isDark ? '#2c3238' : '#e3e7eb',
      fontFamily: family,
      fontSize: isPublic ? 18 : 14,
      controlHeight: isPublic ? 48 : 36,
      controlHeightLG: isPublic ? 56 : 44,
      borderRadius: 6,
      lineHeight: isPublic ? 1.65 : 1.57,
      motion: !window.matchMedia('(prefers-reduced-motion: reduce)').matches,
    },
    components: {
      Button: {
        primaryShadow: 'none',
        dangerShadow: 'none',
        defaultShadow: 'none',
        fontWeight: 500,
        // The colors of the dark theme are light: what stands on them is dark.
        primaryColor: isDark ? '#10151a' : '#ffffff',
        dangerColor: isDark ? '#10151a' : '#ffffff',
      },
      Tabs: { horizontalMargin: '0 0 16px 0' },
      Form: { labelFontSize: isPublic ? 18 : 14, itemMarginBottom: isPublic ? 28 : 20 },
    },
  };
}
