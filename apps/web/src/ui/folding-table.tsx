import { Grid, Table } from 'antd';
import type { TableColumnType, TableProps } from 'antd';
import type { ReactNode } from 'react';
import './folding-table.css';

export type FoldingColumn<Row> = TableColumnType<Row> & { title: string };
type Props<Row> = Omit<TableProps<Row>, 'columns' | 'scroll'> & {
  columns: FoldingColumn<Row>[];
  /** Pixels below which the columns of a wide screen would be crammed. */
  minWidth: number;
};

/** Key of the column that stands directly under the title on a phone. */
export const DUE = 'due';

/** A table on wide screens; on a phone each row is one cell: the first column, the deadline, then the rest with its heading. */
export function FoldingTable<Row extends object>({ columns, minWidth, ...table }: Props<Row>) {
  const { md: isWide = true } = Grid.useBreakpoint();
  if (isWide) return <Table<Row> {...table} columns={columns} scroll={{ x: minWidth }} />;
  return (
    <Table<Row>
      {...table}
      columns={[{ title: columns[0]?.title, render: (_, row, index) => <Folded {...{ columns, row, index }} /> }]}
    />
  );
}

type FoldedProps<Row> = { columns: FoldingColumn<Row>[]; row: Row; index: number };

function Folded<Row extends object>({ columns, row, index }: FoldedProps<Row>) {
  const [first, ...others] = columns.map((column) => ({ ...column, content: contentOf(column, row, index) }));
  const due = others.find(({ key }) => key === DUE);
  const rest = others.filter(({ key, content }) => key !== DUE && !isEmpty(content));
  return (
    <div className="ct-folded">
      <div>{first?.content}</div>
      {due && <div>{due.content}</div>}
      <dl>
        {rest.map(({ title, content }) => (
          <div key={title}>
            {title !== '' && <dt>{title}</dt>}
            <dd>{content}</dd>
          </div>
        ))}
      </dl>
    </div>
  );
}

function contentOf<Row extends object>({ render, dataIndex }: FoldingColumn<Row>, row: Row, index: number): ReactNode {
  const value = typeof dataIndex === 'string' ? (row as Record<string, unknown>)[dataIndex] : undefined;
  return (render ? render(value, row, index) : value) as ReactNode;
}

const isEmpty = (content: ReactNode): boolean =>
  content === null || content === undefined || content === '' || content === '—';
