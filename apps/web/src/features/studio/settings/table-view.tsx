import { ArrowUpOutlined, DeleteOutlined, PlusOutlined, SearchOutlined } from '@ant-design/icons';
import { App, Button, Input, Table, type TableColumnsType } from 'antd';
import { useEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Problem } from '../api.js';
import { withoutPointer } from '../place-names.js';
import { useProblemSentence } from '../problem-sentence.js';
import { Cell } from './cell.js';
import { insertItem, removeAt, setAt, swapAt } from '../text/json-text.js';
import { faultOf, isInCell, nameOfRow, rowsOf, type Column, type PlacedRow, type SettingsTable } from './tables.js';
import { useNamesOf } from './use-names.js';

type Props = {
  table: SettingsTable;
  value: unknown;
  text: string;
  change: (text: string) => void;
  problems: readonly Problem[];
  /** The fault that was asked for. */
  target: Problem | null;
};

/** The rows of a settings file; every cell is written into the text at its own place. */
export function TableView({ table, value, text, change, problems, target }: Props) {
  const { t } = useTranslation();
  const sentence = useProblemSentence();
  const { message } = App.useApp();
  const names = useNamesOf(value);
  const [word, setWord] = useState('');
  const body = useRef<HTMLDivElement>(null);
  const added = useRef(false);
  const rows = useMemo(() => rowsOf(value, table) ?? [], [value, table]);
  const found = word.trim() === '' ? rows : rows.filter(({ row }) => JSON.stringify(row).includes(word.trim()));
  useEffect(() => {
    if (target) body.current?.querySelector('tr.is-fault')?.scrollIntoView({ block: 'center' });
  }, [target]);
  useEffect(() => {
    if (!added.current) return;
    added.current = false;
    const row = [...(body.current?.querySelectorAll('tr[data-row-key]') ?? [])].at(-1);
    row?.scrollIntoView({ block: 'center' });
    row?.querySelector('input')?.focus();
  }, [rows.length]);
  const faultsIn = (place: PlacedRow['place'], cell?: string) =>
    problems.filter((problem) => {
      const fault = faultOf(problem.place, place);
      if (!fault || cell === undefined) return fault !== undefined;
      return fault.cell === undefined ? cell === 'id' : isInCell(fault.cell, cell);
    });
  /** The cell is the place. */
  const withoutPlace = (problem: Problem) => withoutPointer(sentence(problem));
  const write = (place: PlacedRow['place'], values: Record<string, unknown>) =>
    change(
      Object.entries(values).reduce((next, [name, one]) => setAt(next, [...place, ...name.split('.')], one), text),
    );
  const add = () => {
    setWord('');
    added.current = true;
    change(insertItem(text, [...table.at], rows.length, table.fresh));
  };
  const remove = (place: PlacedRow['place']) => {
    change(removeAt(text, place));
    void message.info(t('studio.table.removed'));
  };
  const moveUp = (place: PlacedRow['place']) => {
    const index = Number(place.at(-1));
    change(swapAt(text, place.slice(0, -1), index - 1, index));
  };
  const titleOf = ({ name, title, word }: Column) =>
    title ?? t(`studio.table.column.${word ?? name.split('.').at(-1)!}`);
  const columnOf = (column: Column): TableColumnsType<PlacedRow>[number] => ({
    key: column.name,
    title: titleOf(column),
    width: column.width,
    render: (_value, { row, place, of }) =>
      column.kind === 'place' || column.kind === 'key' ? (
        <span>{column.kind === 'place' ? of : place.at(-1)}</span>
      ) : (
        <Cell
          column={column}
          row={row}
          names={names}
          label={`${titleOf(column)} · ${labelOf({ row, place, of })}`}
          fault={faultsIn(place, column.name).map(withoutPlace).join(' ')}
          write={(values) => write(place, values)}
        />
      ),
  });
  const actions: TableColumnsType<PlacedRow>[number] = {
    key: 'actions',
    fixed: 'end',
    width: actionsOf(table) * ACTION_WIDTH,
    render: (_value, placed) => (
      <RowActions
        name={nameOfRow(placed.row)}
        up={table.isOrdered && placed !== rows[0] ? () => moveUp(placed.place) : undefined}
        remove={table.fresh && (() => remove(placed.place))}
      />
    ),
  };
  const isWide = widthOf(table.columns) > WIDE;
  const columns: TableColumnsType<PlacedRow> = [
    ...table.columns.map((column, index) => ({ ...columnOf(column), ...(isWide && index === 0 && keptInSight) })),
    ...(actionsOf(table) > 0 ? [actions] : []),
  ];
  return (
    <div className="ct-settings" ref={body}>
      <div className="ct-settings-bar">
        {!table.isOne && (
          <Input
            className="ct-find"
            allowClear
            prefix={<SearchOutlined aria-hidden />}
            placeholder={t('studio.table.find')}
            aria-label={t('studio.table.find')}
            value={word}
            onChange={(event) => setWord(event.target.value)}
          />
        )}
        {!table.isOne && (
          <span className="ct-soft" role="status">
            {t(found.length === rows.length ? 'studio.table.count' : 'studio.table.found', {
              shown: found.length,
              count: rows.length,
            })}
          </span>
        )}
        <span className="ct-fill" />
        {table.fresh && (
          <Button icon={<PlusOutlined aria-hidden />} onClick={add}>
            {t('studio.table.add')}
          </Button>
        )}
      </div>
      <Table<PlacedRow>
        size="small"
        rowKey={({ place }) => place.join('/')}
        rowClassName={({ place }) => (faultsIn(place).length > 0 ? 'is-fault' : '')}
        columns={columns}
        dataSource={found}
        pagination={false}
        sticky
        scroll={{ x: widthOf(table.columns) + actionsOf(table) * ACTION_WIDTH }}
        locale={{ emptyText: t(word ? 'studio.table.noneFound' : 'studio.table.none') }}
      />
    </div>
  );
}

/** A column without a width of its own takes what is left, and this at least; pixels. */
const LEAST_WIDTH = 190;
const ACTION_WIDTH = 40;
/** In a wider table what a row is called stays in sight while the rest moves; pixels. */
const WIDE = 1_000;
const keptInSight = { fixed: 'start' } as const;

/** How many things can be done with a row. */
const actionsOf = ({ fresh, isOrdered }: SettingsTable) => Number(fresh !== undefined) + Number(isOrdered === true);

const widthOf = (columns: readonly Column[]) =>
  columns.reduce((width, column) => width + (column.width ?? LEAST_WIDTH), 0);

type ActionsProps = { name: string; up: (() => void) | undefined; remove: (() => void) | undefined };

function RowActions({ name, up, remove }: ActionsProps) {
  const { t } = useTranslation();
  return (
    <div className="ct-row-actions">
      {up && (
        <Button
          type="text"
          size="small"
          icon={<ArrowUpOutlined aria-hidden />}
          aria-label={t('studio.table.up', { name })}
          onClick={up}
        />
      )}
      {remove && (
        <Button
          type="text"
          size="small"
          icon={<DeleteOutlined aria-hidden />}
          aria-label={t('studio.table.remove', { name })}
          onClick={remove}
        />
      )}
    </div>
  );
}

/** A row that stands in another is told by that too; one without a name by its key or number. */
function labelOf({ row, place, of }: PlacedRow): string {
  const key = place.at(-1);
  const own = nameOfRow(row) || (typeof key === 'number' ? String(key + 1) : String(key ?? ''));
  return of === undefined ? own : `${of} ${own}`;
}
