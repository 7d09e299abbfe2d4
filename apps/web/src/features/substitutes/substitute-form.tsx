import { App, Button, Input, Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSession } from '../../lib/api/session.js';
import { useProblemTexts } from '../../ui/states.js';
import { enterSubstitution, type Substitutions } from './api.js';

type Props = { known: Substitutions; done: () => void };
const blank = { account: '', substitute: '', from: '', until: '', reason: '' };

/** Enters a substitute; what was typed stays where the server refuses it. */
export function SubstituteForm({ known, done }: Props) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const problemText = useProblemTexts();
  const own = useSession().data?.user?.id ?? '';
  const [values, setValues] = useState(blank);
  const [problem, setProblem] = useState('');
  const account = values.account || own;
  const set = (change: Partial<typeof blank>) => setValues({ ...values, ...change });
  const save = async () => {
    const { substitute, from, until, reason } = values;
    if (!substitute || !from || !until || reason.trim().length < 2) return setProblem(t('substitutes.incomplete'));
    try {
      await enterSubstitution({ account, substitute, from, until, reason: reason.trim() });
      setValues(blank);
      setProblem('');
      void message.success(t('substitutes.added'));
      done();
    } catch (error) {
      setProblem(problemText(error));
    }
  };
  const people = known.eligible.map(({ id, name }) => ({ value: id, label: name }));
  const choose = (field: 'account' | 'substitute', value: string, options: typeof people) => (
    <div style={{ flex: '1 1 200px' }}>
      <label className="ct-label" htmlFor={`substitute-${field}`}>
        {t(`substitutes.${field}`)}
      </label>
      <Select
        id={`substitute-${field}`}
        style={{ width: '100%' }}
        showSearch={{ optionFilterProp: 'label' }}
        options={options}
        value={value || null}
        onChange={(chosen: string) => set({ [field]: chosen })}
      />
    </div>
  );
  return (
    <form
      className="ct-card ct-stack"
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      <div className="ct-row" style={{ flexWrap: 'wrap' }}>
        {known.arrangesForOthers && choose('account', account, people)}
        {choose(
          'substitute',
          values.substitute,
          people.filter(({ value }) => value !== account),
        )}
        <div className="ct-row" style={{ flex: '1 1 300px', alignItems: 'flex-end' }}>
          {(['from', 'until'] as const).map((field) => (
            <div key={field} style={{ flex: 1, minWidth: 0 }}>
              <label className="ct-label" htmlFor={`substitute-${field}`}>
                {t(`substitutes.${field}`)}
              </label>
              <Input
                id={`substitute-${field}`}
                type="date"
                value={values[field]}
                onChange={(event) => set({ [field]: event.target.value })}
              />
            </div>
          ))}
        </div>
      </div>
      <label className="ct-label" htmlFor="substitute-reason">
        {t('substitutes.reason')}
      </label>
      <Input
        id="substitute-reason"
        maxLength={200}
        value={values.reason}
        onChange={(event) => set({ reason: event.target.value })}
      />
      {problem && (
        <div className="ct-field-error" role="alert">
          {problem}
        </div>
      )}
      <div>
        <Button type="primary" htmlType="submit">
          {t('substitutes.add')}
        </Button>
      </div>
    </form>
  );
}
