import { useQuery, useQueryClient } from '@tanstack/react-query';
import { App, Button, Checkbox, Input } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { call } from '../../lib/api/client.js';
import { useProblemTexts } from '../../ui/states.js';

type MailPreference = { address: string; wanted: boolean; offered: boolean };

/** Whether notices come by e-mail too, and where; nothing where the server sends none. */
export function MailPreferenceForm() {
  const { data } = useQuery({ queryKey: ['mail-preference'], queryFn: () => call('GET /api/mail-preference') });
  return data?.offered ? <Fields kept={data} /> : null;
}

function Fields({ kept }: { kept: MailPreference }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const client = useQueryClient();
  const problemText = useProblemTexts();
  const [address, setAddress] = useState(kept.address);
  const [wanted, setWanted] = useState(kept.wanted);
  const [problem, setProblem] = useState('');
  const save = async () => {
    try {
      await call('PUT /api/mail-preference', { body: { address, wanted } });
      setProblem('');
      await client.invalidateQueries({ queryKey: ['mail-preference'] });
      void message.success(t('session.mailSaved'));
    } catch (error) {
      setProblem(problemText(error));
    }
  };
  return (
    <form
      aria-labelledby="mail-notices"
      className="ct-card ct-stack"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      <h2 id="mail-notices">{t('session.mail')}</h2>
      <Checkbox checked={wanted} onChange={(event) => setWanted(event.target.checked)}>
        {t('session.mailWanted')}
      </Checkbox>
      <div>
        <label className="ct-label" htmlFor="mail-address">
          {t('session.mailAddress')}
        </label>
        <Input
          id="mail-address"
          type="email"
          autoComplete="email"
          value={address}
          onChange={(event) => setAddress(event.target.value)}
        />
      </div>
      <p className="ct-field-help">{t('session.mailHint')}</p>
      {problem && (
        <div className="ct-field-error" role="alert">
          {problem}
        </div>
      )}
      <Button htmlType="submit">{t('session.save')}</Button>
    </form>
  );
}
