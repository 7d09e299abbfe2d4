import { useTranslation } from 'react-i18next';

/** Which keys there are; a phone has none. */
export function KeyHint() {
  const { t } = useTranslation();
  return <span className="ct-hide-phone">{t('work.keys')}</span>;
}
