import { Segmented } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type PeriodLength, useIndicators } from '../../lib/api/ledgers.js';
import { PageFrame } from '../../ui/page-frame.js';
import { EmptyState, ErrorState, PageSkeleton } from '../../ui/states.js';
import { IndicatorCard } from './indicator-card.js';
import './indicators.css';

const lengths: PeriodLength[] = ['month', 'quarter', 'year'];

/** Every indicator that the account may see, over months, quarters or years. */
export function IndicatorsPage() {
  const { t } = useTranslation();
  const [by, setBy] = useState<PeriodLength>('month');
  const indicators = useIndicators(by);
  if (indicators.isPending) return <PageSkeleton />;
  if (indicators.isError) return <ErrorState error={indicators.error} retry={() => void indicators.refetch()} />;
  const { items } = indicators.data;
  if (items.length === 0) return <EmptyState title={t('indicators.none')} hint={t('indicators.noneHint')} />;
  const choice = (
    <Segmented<PeriodLength>
      aria-label={t('indicators.length')}
      value={by}
      options={lengths.map((value) => ({ value, label: t(`indicators.lengthOf.${value}`) }))}
      onChange={setBy}
    />
  );
  return (
    <PageFrame title={t('indicators.title')} subtitle={t('indicators.hint')} extra={choice}>
      <div className="ct-indicators">
        {items.map((indicator) => (
          <IndicatorCard key={`${indicator.id}-${indicator.length}`} indicator={indicator} />
        ))}
      </div>
    </PageFrame>
  );
}
