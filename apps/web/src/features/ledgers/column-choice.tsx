import { Button, Checkbox, Popover } from 'antd';
import { useTranslation } from 'react-i18next';
import type { Ledger, LedgerColumn } from '../../lib/api/ledgers.js';
import { isEnglish } from '../../lib/time.js';

export function columnTitle({ title, titleEn }: LedgerColumn, language: string): string {
  return isEnglish(language) ? (titleEn ?? title) : title;
}

/** The columns that are shown unless somebody chose others. */
export function usualColumns({ columns }: Ledger): string[] {
  return columns.filter(({ hidden }) => !hidden).map(({ id }) => id);
}

type Props = { ledger: Ledger; shown: string[]; change: (ids: string[] | null) => void };

/** Which columns are shown, in the order of the ledger; the first always is, for it leads to the case. */
export function ColumnChoice({ ledger, shown, change }: Props) {
  const { t, i18n } = useTranslation();
  const [first] = ledger.columns;
  const toggle = (id: string, isOn: boolean) => {
    const wanted = new Set(isOn ? [...shown, id] : shown.filter((one) => one !== id));
    change(ledger.columns.map((column) => column.id).filter((one) => wanted.has(one)));
  };
  const content = (
    <div className="ct-stack ct-ledger-columns">
      {ledger.columns.map((column) => (
        <Checkbox
          key={column.id}
          checked={shown.includes(column.id)}
          disabled={column.id === first?.id}
          onChange={(event) => toggle(column.id, event.target.checked)}
        >
          {columnTitle(column, i18n.language)}
        </Checkbox>
      ))}
      <Button size="small" onClick={() => change(null)}>
        {t('ledgers.allColumns')}
      </Button>
    </div>
  );
  return (
    <Popover trigger="click" placement="bottomRight" content={content} title={t('ledgers.columns')}>
      <Button>{t('ledgers.columns')}</Button>
    </Popover>
  );
}
