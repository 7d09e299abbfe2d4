import { Drawer, Table } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { type CountedCase, type Indicator, useCountedCases } from '../../lib/api/ledgers.js';
import { countedText } from '../../lib/deadline.js';
import { isFailed } from '../../lib/is-failed.js';
import { EmptyState, ErrorState } from '../../ui/states.js';
import { periodText } from './figure-text.js';

type Props = { indicator: Indicator; period: string; title: string; close: () => void };

/** The counted cases that the reader may open anyway. */
export function CountedCases({ indicator, period, title, close }: Props) {
  const { t, i18n } = useTranslation();
  const cases = useCountedCases(indicator.id, indicator.length, period);
  return (
    <Drawer open size="large" title={t('indicators.casesOf', { title, period: periodText(period, t) })} onClose={close}>
      <div className="ct-stack">
        <span className="ct-soft">{t('indicators.casesHint')}</span>
        {isFailed(cases) ? (
          <ErrorState error={cases.error} retry={() => void cases.refetch()} />
        ) : (
          <Table<CountedCase>
            rowKey={(row) => `${row.processInstanceKey}-${row.at}`}
            dataSource={cases.data?.items ?? []}
            loading={cases.isPending}
            size="small"
            pagination={false}
            locale={{ emptyText: <EmptyState title={t('indicators.noCases')} /> }}
            columns={[
              {
                title: t('case.caseNo'),
                render: (_, row) => (
                  <Link to={`/work/case/${row.processInstanceKey}`}>
                    {row.caseNo ?? row.title ?? row.processInstanceKey}
                  </Link>
                ),
              },
              { title: t('cockpit.column.title'), render: (_, row) => row.title ?? '—' },
              { title: t('cockpit.column.at'), render: (_, row) => countedText(row.at, i18n.language) },
              ...(indicator.kind === 'mean'
                ? []
                : [
                    {
                      title: t('cockpit.column.state'),
                      render: (_: unknown, row: CountedCase) =>
                        t(row.isNumerator ? 'indicators.kept' : 'indicators.missed'),
                    },
                  ]),
            ]}
          />
        )}
      </div>
    </Drawer>
  );
}
