import { App as AntdApp, ConfigProvider } from 'antd';
import enUS from 'antd/locale/en_US';
import zhCN from 'antd/locale/zh_CN';
import { useCallback, useEffect, useMemo, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { readPreferences, savePreference } from '../lib/preferences.js';
import { isEnglish } from '../lib/time.js';
import { ThemeContext } from '../ui/theme-context.js';
import { themeFor, type Density } from '../ui/theme.js';

const systemDark = window.matchMedia('(prefers-color-scheme: dark)');

/** Colors, sizes and words of antd for one kind of page. */
export function ThemeProvider({ density, children }: { density: Density; children: ReactNode }) {
  const { i18n } = useTranslation();
  const [isDark, setDark] = useState(
    () => (readPreferences().theme ?? (systemDark.matches ? 'dark' : 'light')) === 'dark',
  );
  const toggle = useCallback(() => {
    savePreference({ theme: isDark ? 'light' : 'dark' });
    setDark(!isDark);
  }, [isDark]);
  useEffect(() => {
    document.documentElement.dataset.theme = isDark ? 'dark' : 'light';
    document.documentElement.dataset.density = density;
  }, [isDark, density]);
  const choice = useMemo(() => ({ isDark, toggle }), [isDark, toggle]);
  return (
    <ThemeContext value={choice}>
      <ConfigProvider
        theme={themeFor(density, isDark)}
        locale={isEnglish(i18n.language) ? enUS : zhCN}
        button={{ autoInsertSpace: false }}
      >
        <AntdApp>{children}</AntdApp>
      </ConfigProvider>
    </ThemeContext>
  );
}
