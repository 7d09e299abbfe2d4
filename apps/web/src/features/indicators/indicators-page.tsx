import { Segmented, Tabs } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type PeriodLength, useDashboards, useIndicators } from '../../lib/api/ledgers.js';
import { isFailed } from '../../lib/is-failed.js';
import { isEnglish } from '../../lib/time.js';
import { PageFrame } from '../../ui/page-frame.js';
import { StandInPage } from '../../ui/stand-in-page.js';
import { EmptyState, ErrorState, PageSkeleton } from '../../ui/states.js';
import { Dashboard } from './dashboard.js';
import { IndicatorCard } from './indicator-card.js';
import './indicators.css';

const lengths: PeriodLength[] = ['month', 'quarter', 'year'];

/** The dashboards of the account and every indicator that it may see, over months, quarters or years. */
export function IndicatorsPage() {
  const { t, i18n } = useTranslation();
  const [by, setBy] = useState<PeriodLength>('month');
  const indicators = useIndicators(by);
  const boards = useDashboards();
  if (indicators.isPending || boards.isPending) return <PageSkeleton />;
  if (isFailed(indicators)) return <ErrorState error={indicators.error} retry={() => void indicators.refetch()} />;
  if (isFailed(boards)) return <ErrorState error={boards.error} retry={() => void boards.refetch()} />;
  const { items } = indicators.data;
  if (items.length === 0)
    return (
      <StandInPage title={t('nav.indicators')}>
        <EmptyState title={t('indicators.none')} hint={t('indicators.noneHint')} />
      </StandInPage>
    );
  const choice = (
    <Segmented<PeriodLength>
      aria-label={t('indicators.length')}
      value={by}
      options={lengths.map((value) => ({ value, label: t(`indicators.lengthOf.${value}`) }))}
      onChange={setBy}
    />
  );
  const all = (
    <div className="ct-indicators">
      {items.map((indicator) => (
        <IndicatorCard key={`${indicator.id}-${indicator.length}`} indicator={indicator} />
      ))}
    </div>
  );
  return (
    <PageFrame title={t('indicators.title')} subtitle={t('indicators.hint')} extra={choice}>
      {boards.data.items.length === 0 ? (
        all
      ) : (
        <Tabs
          aria-label={t('indicators.boards')}
          items={[
            ...boards.data.items.map((board) => ({
              key: board.id,
              label: isEnglish(i18n.language) ? (board.titleEn ?? board.title) : board.title,
              children: <Dashboard board={board} indicators={items} />,
            })),
            { key: '', label: t('indicators.all'), children: all },
          ]}
        />
      )}
    </PageFrame>
  );
}
