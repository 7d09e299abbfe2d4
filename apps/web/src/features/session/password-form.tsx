import { Button, Input } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { call } from '../../lib/api/client.js';
import { useProblemTexts } from '../../ui/states.js';

const MIN_LENGTH = 8;
const blank = { current: '', next: '', again: '' };

/** The own password: the one that is, and twice the one that comes. */
export function PasswordForm({ onChanged }: { onChanged: () => void }) {
  const { t } = useTranslation();
  const problemText = useProblemTexts();
  const [values, setValues] = useState(blank);
  const [problem, setProblem] = useState('');
  const save = async () => {
    if (values.next.length < MIN_LENGTH) return setProblem(t('session.tooShort', { length: MIN_LENGTH }));
    if (values.next !== values.again) return setProblem(t('session.notSame'));
    try {
      const body = { current: values.current, next: values.next };
      await call('POST /api/session/password', { body });
      setProblem('');
      setValues(blank);
      onChanged();
    } catch (error) {
      setProblem(problemText(error));
    }
  };
  return (
    <form
      aria-labelledby="change-password"
      className="ct-card ct-stack"
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      <h2 id="change-password">{t('session.changePassword')}</h2>
      {(['current', 'next', 'again'] as const).map((name) => (
        <div key={name}>
          <label className="ct-label" htmlFor={`password-${name}`}>
            {t(`session.${name}`)}
          </label>
          <Input.Password
            id={`password-${name}`}
            autoComplete={name === 'current' ? 'current-password' : 'new-password'}
            value={values[name]}
            onChange={(event) => setValues({ ...values, [name]: event.target.value })}
          />
        </div>
      ))}
      {problem && (
        <div className="ct-field-error" role="alert">
          {problem}
        </div>
      )}
      <Button type="primary" htmlType="submit">
        {t('session.save')}
      </Button>
    </form>
  );
}
