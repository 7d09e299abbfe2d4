import { Segmented, Select } from 'antd';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Problem } from '../api.js';
import type { EditorProps } from '../editor-props.js';
import { readJson } from '../text/json-fault.js';
import { TextOfFile } from '../text/text-file-editor.js';
import { useTextDraft } from '../text/use-text-draft.js';
import { isYearFile } from './calendar-days.js';
import { CalendarYear } from './calendar-year.js';
import './settings.css';
import { TableView } from './table-view.js';
import { faultOf, rowsOf, tablesOf, type SettingsTable } from './tables.js';
import { labelsOf } from './use-names.js';

type View = 'table' | 'text';

/** Settings as tables, years as calendars; beside that every file as its text. */
export function SettingsEditor({ path, content, onChange, problems, target }: EditorProps) {
  const { t } = useTranslation();
  const { text, change } = useTextDraft(content, onChange);
  const read = useMemo(() => readJson(text), [text]);
  const value = 'value' in read ? read.value : undefined;
  const isYear = path.startsWith('workflows/calendar/') && isYearFile(value);
  const tables = useMemo(() => tablesOf(path, value), [path, value]);
  const [wanted, setWanted] = useState<View>('table');
  const [chosen, setChosen] = useState('');
  const table = tables.find(({ id }) => id === chosen) ?? tables[0];
  const [followed, setFollowed] = useState<EditorProps['target']>(null);
  if (target !== followed) {
    setFollowed(target);
    const holding = target && tableOfProblem(tables, value, target.problem);
    if (holding) setChosen(holding.id);
    else if (target && !isYear) setWanted('text');
  }
  const hasTable = isYear || table !== undefined;
  const view = hasTable ? wanted : 'text';
  return (
    <div className="ct-editor">
      {(hasTable || 'fault' in read) && (
        <div className="ct-editor-tools">
          <Segmented<View>
            value={view}
            onChange={setWanted}
            disabled={!hasTable}
            options={(['table', 'text'] as const).map((one) => ({
              value: one,
              label: t(isYear && one === 'table' ? 'studio.table.year' : `studio.table.view_${one}`),
            }))}
          />
          {view === 'table' && tables.length > 1 && (
            <TableChoice tables={tables} value={value} chosen={table?.id} choose={setChosen} />
          )}
        </div>
      )}
      {view === 'text' && <TextOfFile path={path} text={text} change={change} problems={problems} target={target} />}
      {view === 'table' && isYear && <CalendarYear file={value} text={text} change={change} />}
      {view === 'table' && !isYear && table && (
        <TableView
          key={table.id}
          table={table}
          value={value}
          text={text}
          change={change}
          problems={problems}
          target={target?.problem ?? null}
        />
      )}
    </div>
  );
}

function tableOfProblem(tables: readonly SettingsTable[], value: unknown, { place }: Problem) {
  if (place === undefined) return undefined;
  const depthIn = (table: SettingsTable) =>
    Math.max(
      -1,
      ...(rowsOf(value, table) ?? []).map((row) => (faultOf(place, row.place) === undefined ? -1 : row.place.length)),
    );
  const depths = tables.map(depthIn);
  const deepest = Math.max(-1, ...depths);
  return deepest < 0 ? undefined : tables[depths.indexOf(deepest)];
}

type ChoiceProps = {
  tables: readonly SettingsTable[];
  value: unknown;
  chosen: string | undefined;
  choose: (id: string) => void;
};

function TableChoice({ tables, value, chosen, choose }: ChoiceProps) {
  const { t } = useTranslation();
  const options = tables.map((table) => {
    const [, dictionary] = /^dictionary:(.*)$/.exec(table.id) ?? [];
    if (dictionary === undefined) return { value: table.id, label: t(`studio.table.${table.id}`) };
    const entries = (rowsOf(value, table) ?? []).map(({ row }) => ({ label: row.label }));
    return { value: table.id, label: labelsOf(dictionary, entries) };
  });
  if (tables.length <= 4) return <Segmented value={chosen} onChange={(id) => choose(id)} options={options} />;
  return (
    <Select
      showSearch={{ optionFilterProp: 'label' }}
      className="ct-table-choice"
      aria-label={t('studio.table.which')}
      value={chosen}
      onChange={choose}
      options={options}
      popupMatchSelectWidth={false}
    />
  );
}
