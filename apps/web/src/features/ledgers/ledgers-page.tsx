import { Button, Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Navigate, useLocation, useNavigate, useParams } from 'react-router';
import {
  type Ledger,
  type LedgerFilter,
  type LedgerWish,
  useLedger,
  useLedgerList,
  useLedgerRows,
} from '../../lib/api/ledgers.js';
import { isFailed } from '../../lib/is-failed.js';
import { isEnglish } from '../../lib/time.js';
import { PageFrame } from '../../ui/page-frame.js';
import { StandInPage } from '../../ui/stand-in-page.js';
import { EmptyState, ErrorState, PageSkeleton } from '../../ui/states.js';
import { ColumnChoice, usualColumns } from './column-choice.js';
import { ExportDialog } from './export-dialog.js';
import { LedgerFilters } from './ledger-filters.js';
import { LedgerTable } from './ledger-table.js';
import './ledgers.css';

/** All ledgers that the account may see, one at a time. */
export function LedgersPage() {
  const { t } = useTranslation();
  const { ledgerId = '' } = useParams();
  const list = useLedgerList();
  const ledger = useLedger(ledgerId);
  if (list.isPending) return <PageSkeleton />;
  if (isFailed(list))
    return (
      <StandInPage title={t('nav.ledgers')}>
        <ErrorState error={list.error} retry={() => void list.refetch()} />
      </StandInPage>
    );
  const [first] = list.data.items;
  if (!first)
    return (
      <StandInPage title={t('nav.ledgers')}>
        <EmptyState title={t('ledgers.none')} hint={t('ledgers.noneHint')} />
      </StandInPage>
    );
  if (ledgerId === '') return <Navigate to={`/ledgers/${first.id}`} replace />;
  if (ledger.isPending) return <PageSkeleton />;
  if (isFailed(ledger))
    return (
      <StandInPage title={t('nav.ledgers')}>
        <ErrorState error={ledger.error} retry={() => void ledger.refetch()} />
      </StandInPage>
    );
  return <LedgerView key={ledger.data.id} ledger={ledger.data} />;
}

function LedgerView({ ledger }: { ledger: Ledger }) {
  const { t } = useTranslation();
  const { state } = useLocation() as { state: { filters?: LedgerFilter[] } | null };
  const [wish, setWish] = useState<LedgerWish>({ filters: state?.filters ?? [], sort: '', descending: false });
  const [chosen, setChosen] = useState<string[] | null>(null);
  const [isExporting, setExporting] = useState(false);
  const rows = useLedgerRows(ledger.id, wish);
  const shown = chosen ?? usualColumns(ledger);
  const [first] = rows.data?.pages ?? [];
  const items = rows.data?.pages.flatMap((page) => page.items) ?? [];
  const total = first ? t(first.isMore ? 'ledgers.totalMore' : 'ledgers.total', { count: first.total }) : '';
  return (
    <PageFrame title={ledger.title} subtitle={ledger.description} width={1680} extra={<LedgerChoice id={ledger.id} />}>
      <div className="ct-stack">
        <LedgerFilters ledger={ledger} filters={wish.filters} change={(filters) => setWish({ ...wish, filters })} />
        <div className="ct-row">
          <span role="status">
            {total}
            {first && first.pending > 0 && (
              <span className="ct-soft"> · {t('ledgers.pending', { count: first.pending })}</span>
            )}
          </span>
          <div className="ct-row-end">
            <ColumnChoice ledger={ledger} shown={shown} change={setChosen} />
            {ledger.mayExport && (
              <Button type="primary" disabled={!first || first.total === 0} onClick={() => setExporting(true)}>
                {t('ledgers.export')}
              </Button>
            )}
          </div>
        </div>
        {isFailed(rows) ? (
          <ErrorState error={rows.error} retry={() => void rows.refetch()} />
        ) : (
          <LedgerTable
            ledger={ledger}
            shown={shown}
            wish={wish}
            change={setWish}
            rows={items}
            isLoading={rows.isPending || rows.isPlaceholderData}
          />
        )}
        {rows.hasNextPage && (
          <div className="ct-row">
            <Button loading={rows.isFetchingNextPage} onClick={() => void rows.fetchNextPage()}>
              {t('common.more')}
            </Button>
            <span className="ct-soft">{t('ledgers.loaded', { count: items.length })}</span>
          </div>
        )}
      </div>
      {isExporting && first && (
        <ExportDialog
          ledger={ledger}
          wish={wish}
          columns={shown}
          count={String(first.total)}
          close={() => setExporting(false)}
        />
      )}
    </PageFrame>
  );
}

function LedgerChoice({ id }: { id: string }) {
  const { t, i18n } = useTranslation();
  const navigate = useNavigate();
  const ledgers = useLedgerList().data?.items ?? [];
  return (
    <Select
      aria-label={t('ledgers.choose')}
      className="ct-ledger-choice"
      value={id}
      popupMatchSelectWidth={false}
      options={ledgers.map(({ id: value, title, titleEn }) => ({
        value,
        label: `${value} ${isEnglish(i18n.language) ? (titleEn ?? title) : title}`,
      }))}
      onChange={(next: string) => void navigate(`/ledgers/${next}`)}
    />
  );
}
