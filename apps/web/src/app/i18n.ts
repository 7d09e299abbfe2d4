import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';
import { readPreferences, savePreference } from '../lib/preferences.js';
import { en } from '../locales/en/index.js';
import { zh } from '../locales/zh/index.js';

/** Chinese first; staff keep their choice, visitors of the portal leave none behind. */
export async function startI18n(): Promise<void> {
  await i18next.use(initReactI18next).init({
    lng: readPreferences().language ?? 'zh',
    fallbackLng: 'zh',
    resources: { zh: { translation: zh }, en: { translation: en } },
    interpolation: { escapeValue: false },
  });
  const apply = (language: string) => {
    document.documentElement.lang = language === 'en' ? 'en' : 'zh-CN';
  };
  apply(i18next.language);
  i18next.on('languageChanged', (language) => {
    apply(language);
    if (isStaffPage()) savePreference({ language: language === 'en' ? 'en' : 'zh' });
  });
}

export function isStaffPage(): boolean {
  return /^\/(work|cockpit|studio)/.test(window.location.pathname);
}
