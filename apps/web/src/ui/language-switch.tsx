import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { isEnglish } from '../lib/time.js';

/** One switch between Chinese and English; each language names itself. */
export function LanguageSwitch() {
  const { i18n } = useTranslation();
  const next = isEnglish(i18n.language) ? { code: 'zh', name: '中文' } : { code: 'en', name: 'English' };
  return (
    <Button type="text" lang={next.code} onClick={() => void i18n.changeLanguage(next.code)}>
      {next.name}
    </Button>
  );
}
