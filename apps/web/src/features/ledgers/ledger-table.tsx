import { Button, Table, type TableProps } from 'antd';
import { useTranslation } from 'react-i18next';
import type { Ledger, LedgerColumn, LedgerRow, LedgerWish } from '../../lib/api/ledgers.js';
import { EmptyState } from '../../ui/states.js';
import { useNow } from '../../ui/use-now.js';
import { columnTitle } from './column-choice.js';
import { CellValue, LeadingCell } from './ledger-cell.js';

type Props = {
  ledger: Ledger;
  shown: string[];
  wish: LedgerWish;
  change: (wish: LedgerWish) => void;
  rows: LedgerRow[];
  isLoading: boolean;
};

const widths: Partial<Record<LedgerColumn['type'], number>> = {
  number: 104,
  boolean: 80,
  date: 128,
  dateTime: 152,
  deadline: 168,
  lamp: 104,
  overdueDays: 104,
};
const USUAL_WIDTH = 160;

/** Rows under frozen columns; a heading that sorts asks the server anew. */
export function LedgerTable({ ledger, shown, wish, change, rows, isLoading }: Props) {
  const { t, i18n } = useTranslation();
  const now = useNow(60_000);
  const columns = ledger.columns.filter(({ id }) => shown.includes(id));
  const sorted = wish.sort === '' ? ledger.order : { column: wish.sort, descending: wish.descending };
  const isFiltered = wish.filters.length > 0;
  const onChange: TableProps<LedgerRow>['onChange'] = (_, __, sorter) => {
    const { columnKey, order } = Array.isArray(sorter) ? (sorter[0] ?? {}) : sorter;
    const isOn = typeof columnKey === 'string' && order;
    change({ ...wish, sort: isOn ? columnKey : '', descending: order === 'descend' });
  };
  return (
    <Table<LedgerRow>
      rowKey="rowKey"
      dataSource={rows}
      loading={isLoading}
      size="small"
      bordered
      sticky
      scroll={{ x: columns.reduce((sum, { type }) => sum + (widths[type] ?? USUAL_WIDTH), 0) }}
      pagination={false}
      showSorterTooltip={false}
      onChange={onChange}
      locale={{
        emptyText: isLoading ? (
          ' '
        ) : isFiltered ? (
          <EmptyState
            title={t('ledgers.noneFound')}
            hint={t('ledgers.noneFoundHint')}
            action={<Button onClick={() => change({ ...wish, filters: [] })}>{t('ledgers.clear')}</Button>}
          />
        ) : (
          <EmptyState title={t('ledgers.empty')} hint={t('ledgers.emptyHint')} />
        ),
      }}
      columns={columns.map((column, index) => ({
        key: column.id,
        title: columnTitle(column, i18n.language),
        width: widths[column.type] ?? USUAL_WIDTH,
        align: column.type === 'number' ? ('right' as const) : ('left' as const),
        ...(column.frozen ? { fixed: 'left' as const } : {}),
        ...(column.sort
          ? {
              sorter: true,
              sortOrder:
                sorted.column === column.id ? (sorted.descending ? ('descend' as const) : ('ascend' as const)) : null,
            }
          : {}),
        className: 'ct-ledger-cell',
        render: (_: unknown, row: LedgerRow) =>
          index === 0 ? (
            <LeadingCell column={column} row={row} now={now} />
          ) : (
            <CellValue column={column} value={row.cells[column.id] ?? null} now={now} />
          ),
      }))}
    />
  );
}
