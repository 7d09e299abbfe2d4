import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Button, Popconfirm, Typography } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { call, type Answer } from '../../lib/api/client.js';
import { momentText } from '../../lib/time.js';
import { useProblemTexts } from '../../ui/states.js';

type Calendars = Answer<'GET /api/calendars'>;

/** 订阅日历: addresses for a calendar program, shown once; nothing where there is nothing to subscribe to. */
export function CalendarSubscription() {
  const { data } = useQuery({ queryKey: ['calendars'], queryFn: () => call('GET /api/calendars') });
  return data && data.items.length > 0 ? <Subscription kept={data} /> : null;
}

function Subscription({ kept }: { kept: Calendars }) {
  const { t, i18n } = useTranslation();
  const client = useQueryClient();
  const problemText = useProblemTexts();
  const [shown, setShown] = useState<Calendars['items']>([]);
  const [problem, setProblem] = useState('');
  const change = async (act: () => Promise<void>) => {
    try {
      await act();
      setProblem('');
      await client.invalidateQueries({ queryKey: ['calendars'] });
    } catch (error) {
      setProblem(problemText(error));
    }
  };
  const renew = () => change(async () => setShown((await call('POST /api/calendars/token')).items));
  const revoke = () =>
    change(async () => {
      await call('DELETE /api/calendars/token');
      setShown([]);
    });
  const titles = new Intl.ListFormat(i18n.language, { type: 'conjunction' }).format(
    kept.items.map((one) => titleOf(one, i18n.language)),
  );
  return (
    <section className="ct-card ct-stack" aria-labelledby="calendar-subscription">
      <h2 id="calendar-subscription">{t('session.calendar')}</h2>
      <p>{t('session.calendarWhat', { titles })}</p>
      {shown.length > 0 && (
        <dl className="ct-facts" aria-live="polite">
          {shown.map((one) => (
            <div key={one.id} style={{ display: 'contents' }}>
              <dt>{titleOf(one, i18n.language)}</dt>
              <dd>
                <Typography.Text copyable code style={{ overflowWrap: 'anywhere' }}>
                  {one.address}
                </Typography.Text>
              </dd>
            </div>
          ))}
        </dl>
      )}
      <p className="ct-field-help">{shown.length > 0 ? t('session.calendarOnce') : t('session.calendarHint')}</p>
      {kept.since !== null && shown.length === 0 && (
        <p className="ct-field-help">{t('session.calendarSince', { at: momentText(kept.since, i18n.language) })}</p>
      )}
      {problem && (
        <div className="ct-field-error" role="alert">
          {problem}
        </div>
      )}
      {kept.since === null ? (
        <Button onClick={() => void renew()}>{t('session.calendarMake')}</Button>
      ) : (
        <div className="ct-choices">
          <Popconfirm title={t('session.calendarRenewSure')} onConfirm={() => void renew()}>
            <Button>{t('session.calendarRenew')}</Button>
          </Popconfirm>
          <Button danger onClick={() => void revoke()}>
            {t('session.calendarRevoke')}
          </Button>
        </div>
      )}
    </section>
  );
}

const titleOf = ({ title, titleEn }: Calendars['items'][number], language: string): string =>
  language.startsWith('en') ? (titleEn ?? title) : title;
