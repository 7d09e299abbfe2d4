import { useTranslation } from 'react-i18next';

/** Marks everything that belongs to a drill, so that nobody takes it for a real event. */
export function DrillBadge() {
  const { t } = useTranslation();
  return <span className="ct-drill">{t('drill.badge')}</span>;
}

export function DrillBanner() {
  const { t } = useTranslation();
  return (
    <div className="ct-drill-banner" role="note">
      {t('drill.banner')}
    </div>
  );
}
