import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { LampColor } from '../../lib/api-types.js';
import type { LedgerCell, LedgerColumn, LedgerRow } from '../../lib/api/ledgers.js';
import { dueText } from '../../lib/deadline.js';
import { instantOf, momentText } from '../../lib/time.js';
import { DrillBadge } from '../../ui/drill-mark.js';
import { Lamp } from '../../ui/lamp.js';

/** One cell as its column says; nothing is a dash, so that it is told from what is still loading. */
export function CellValue({ column, value, now }: { column: LedgerColumn; value: LedgerCell; now: number }) {
  const { t, i18n } = useTranslation();
  if (value === null || value === '') return <span className="ct-soft">—</span>;
  if (typeof value === 'boolean') return <>{t(value ? 'ledgers.yes' : 'ledgers.no')}</>;
  if (column.type === 'lamp') return <Lamp color={value as LampColor} />;
  if (column.type === 'overdueDays') return <strong>{t('ledgers.days', { count: Number(value) })}</strong>;
  if (column.type === 'dateTime')
    return <time dateTime={String(value)}>{momentText(String(value), i18n.language)}</time>;
  if (column.type === 'deadline')
    return <time dateTime={String(value)}>{dueText(instantOf(String(value)), now, i18n.language)}</time>;
  if (column.type === 'sealed')
    return (
      <span className="ct-sealed" aria-label={t('reveal.masked')}>
        {String(value)}
      </span>
    );
  return <>{typeof value === 'number' ? value.toLocaleString(i18n.language) : value}</>;
}

/** The first cell of a row leads to the case. */
export function LeadingCell({ column, row, now }: { column: LedgerColumn; row: LedgerRow; now: number }) {
  const { t } = useTranslation();
  const value = row.cells[column.id] ?? null;
  if (row.processInstanceKey === null) return <CellValue column={column} value={value} now={now} />;
  return (
    <Link to={`/work/case/${row.processInstanceKey}`} aria-label={t('ledgers.openCase', { no: String(value ?? '') })}>
      {row.drill && <DrillBadge />} <CellValue column={column} value={value} now={now} />
    </Link>
  );
}
