import { Checkbox, Select, Tag, Tooltip } from 'antd';
import { useTranslation } from 'react-i18next';
import type { Named } from '../../../lib/api-types.js';
import { ParameterValue } from './parameter-value.js';
import { choiceText, limitsOf } from './parameter-limits.js';
import { ScheduleWhen } from './schedule-when-cell.js';
import { valueIn, type Column, type Row } from './tables.js';
import { TextCell } from './text-cell.js';
import type { Names } from './use-names.js';

/** Cells with a choice of a few words that the catalogue tells; the first is what an empty cell means, where it may be. */
const WORDS = {
  sight: { words: ['none', 'masked', 'reason'], mayBeEmpty: true },
  dated: { words: ['printing', 'start'], mayBeEmpty: true },
  dayOff: { words: ['keep', 'next', 'previous', 'skip'], mayBeEmpty: true },
  sign: { words: ['none', 'query', 'body'], mayBeEmpty: false },
  columnType: {
    words: [
      'text',
      'number',
      'boolean',
      'date',
      'dateTime',
      'deadline',
      'dictionary',
      'unit',
      'state',
      'sealed',
      'lamp',
      'overdueDays',
    ],
    mayBeEmpty: false,
  },
} as const;

type Props = {
  column: Column;
  row: Row;
  names: Names;
  label: string;
  /** What is wrong with it; empty where nothing is. */
  fault: string;
  write: (values: Row) => void;
};

/** One cell of a settings table, with what is wrong with it beside it. */
export function Cell(props: Props) {
  return (
    <>
      <Editor {...props} />
      {props.fault !== '' && (
        <div className="ct-cell-fault" role="note">
          {props.fault}
        </div>
      )}
    </>
  );
}

function Editor({ column, row, names, label, fault, write }: Props) {
  const value = valueIn(row, column.name);
  const set = (next: unknown) => write({ [column.name]: isEmpty(next) && !column.isNeeded ? undefined : next });
  const status = fault === '' ? undefined : ('error' as const);
  const choice = { label, status, set };
  switch (column.kind) {
    case 'text':
    case 'date':
      return <TextCell label={label} value={value} status={status} isDate={column.kind === 'date'} set={set} />;
    case 'number':
      return <TextCell label={label} value={value} status={status} isNumber set={set} />;
    case 'formula':
      return <TextCell label={label} value={value} status={status} isLong set={set} />;
    case 'flag':
      return (
        <Checkbox
          aria-label={label}
          checked={value === true}
          onChange={(event) => set(event.target.checked || (column.isNeeded ? false : undefined))}
        />
      );
    case 'unit':
      return <ChoiceCell {...choice} value={value} options={names.units} isNeeded={column.isNeeded} />;
    case 'post':
      return <ChoiceCell {...choice} value={value} options={names.posts} isNeeded={column.isNeeded} />;
    case 'role':
      return <ChoiceCell {...choice} value={value} options={names.roles} isNeeded={column.isNeeded} />;
    case 'process':
      return <ChoiceCell {...choice} value={value} options={names.processes} isNeeded={column.isNeeded} />;
    case 'units':
      return <ChoicesCell {...choice} value={value} options={names.units} />;
    case 'roles':
      return <ChoicesCell {...choice} value={value} options={names.roles} />;
    case 'categories':
      return <ChoicesCell {...choice} value={value} options={names.categories} />;
    case 'tags':
      return <ChoicesCell {...choice} value={value} />;
    case 'numbers':
      return <ChoicesCell {...choice} value={value} set={(next) => set((next as unknown[]).map(asNumber))} />;
    case 'sight':
    case 'dated':
    case 'dayOff':
    case 'sign':
    case 'columnType':
      return <WordCell {...choice} kind={column.kind} value={value} />;
    case 'format':
      return <ChoiceCell {...choice} value={value} options={names.formats} isNeeded={column.isNeeded} />;
    case 'marks':
      return <span className="ct-soft">{marksOf(value).join(' · ')}</span>;
    case 'dictionary':
      return <ChoiceCell {...choice} value={value} options={names.dictionaries} />;
    case 'parameter':
      return <ParameterValue row={row} label={label} status={status} set={set} />;
    case 'limits':
      return <Limits row={row} />;
    case 'when':
      return <ScheduleWhen row={row} label={label} write={write} />;
    case 'place':
    case 'key':
    case 'shown':
      return <span>{typeof value === 'string' ? value : ''}</span>;
  }
}

/** What was typed, as a number where it reads as one. */
const asNumber = (typed: unknown) =>
  typeof typed === 'string' && /^-?\d+(\.\d+)?$/.test(typed) ? Number(typed) : typed;

/** When the marks of a deadline come: parts of its time in percent, others as they are written. */
function marksOf(value: unknown): string[] {
  const marks = Array.isArray(value) ? (value as { at?: unknown }[]) : [];
  return marks.map(({ at }) => (typeof at === 'number' ? `${Math.round(at * 100)}%` : String(at ?? '')));
}

const isEmpty = (value: unknown) => value === '' || value === undefined || (Array.isArray(value) && value.length === 0);

type ChoiceProps = {
  label: string;
  value: unknown;
  status: 'error' | undefined;
  set: (value: unknown) => void;
  options?: Named[];
  isNeeded?: boolean;
};

function ChoiceCell({ label, value, status, set, options = [], isNeeded }: ChoiceProps) {
  return (
    <Select
      variant="filled"
      size="small"
      className="ct-cell-choice"
      showSearch={{ optionFilterProp: 'label' }}
      allowClear={!isNeeded}
      aria-label={label}
      status={status}
      value={value === '' ? undefined : value}
      onChange={(next) => set(next)}
      options={options.map(({ id, name }) => ({ value: id, label: name }))}
      popupMatchSelectWidth={false}
    />
  );
}

function WordCell({ kind, value, set, ...cell }: ChoiceProps & { kind: keyof typeof WORDS }) {
  const { t } = useTranslation();
  const { words, mayBeEmpty } = WORDS[kind];
  const [standard] = words;
  return (
    <ChoiceCell
      {...cell}
      isNeeded
      value={mayBeEmpty ? (value ?? standard) : value}
      set={(next) => set(mayBeEmpty && next === standard ? undefined : next)}
      options={words.map((id) => ({ id, name: t(`studio.table.${kind}.${id}`) }))}
    />
  );
}

/** Without options whatever is typed is taken; numbers stay numbers. */
function ChoicesCell({ label, value, status, set, options }: ChoiceProps) {
  const values = Array.isArray(value) ? (value as unknown[]) : [];
  const written = (typed: string) => values.find((one) => String(one) === typed) ?? typed;
  return (
    <Select<string[]>
      variant="filled"
      size="small"
      className="ct-cell-choice"
      mode={options ? 'multiple' : 'tags'}
      defaultActiveFirstOption={false}
      showSearch={{ optionFilterProp: 'label' }}
      aria-label={label}
      status={status}
      value={values.map(String)}
      onChange={(next) => set(next.map(written))}
      options={options?.map(({ id, name }) => ({ value: id, label: name }))}
      popupMatchSelectWidth={false}
      tokenSeparators={['，', ',', '；', ';']}
    />
  );
}

function Limits({ row }: { row: Row }) {
  const { t } = useTranslation();
  const { min, max, isStatutory, standard } = limitsOf(row);
  const range =
    min !== undefined || max !== undefined ? t('studio.table.range', { min: min ?? '—', max: max ?? '—' }) : '';
  return (
    <span className="ct-soft">
      {range}
      {isStatutory && (
        <Tooltip title={t('studio.table.statutoryHint')}>
          <Tag tabIndex={0} style={{ marginInlineStart: 8 }}>
            {t('studio.table.statutory')}
          </Tag>
        </Tooltip>
      )}
      {standard !== undefined && <div>{t('studio.table.standard', { value: choiceText(row, standard, t) })}</div>}
    </span>
  );
}
