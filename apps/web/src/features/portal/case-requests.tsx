import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { PublicCase } from '../../lib/api-types.js';
import type { CaseCredentials } from '../../lib/api/portal.js';
import { ActionForm } from './case-actions.js';

type Request = PublicCase['requests'][number];
type Props = { credentials: CaseCredentials; requests: Request[]; reload: () => void };

/** What was asked for beside the matter, such as appointments: where each stands, and what may be done with it. */
export function CaseRequests({ credentials, requests, reload }: Props) {
  const titles = [...new Set(requests.map(({ title }) => title))];
  return titles.map((title) => (
    <section key={title} className="ct-stack">
      <h2>{title}</h2>
      <ul className="ct-plain ct-stack">
        {requests
          .filter((request) => request.title === title)
          .map((request) => (
            <li key={request.key} className="ct-card ct-stack">
              <OneRequest credentials={credentials} request={request} reload={reload} />
            </li>
          ))}
      </ul>
    </section>
  ));
}

function OneRequest({ credentials, request, reload }: { request: Request } & Omit<Props, 'requests'>) {
  const { t } = useTranslation();
  const [openId, setOpenId] = useState<string | null>(null);
  const [said, setSaid] = useState('');
  const open = request.actions.find(({ id }) => id === openId);
  return (
    <>
      <div>
        <strong>{request.label}</strong>
        <p>{request.sentence}</p>
      </div>
      {said && <p role="status">{said}</p>}
      {open ? (
        <ActionForm
          credentials={credentials}
          action={open}
          requestKey={request.key}
          done={({ done }) => {
            setOpenId(null);
            setSaid(done ?? t('follow.actionDone', { title: open.title }));
            reload();
          }}
          cancel={() => setOpenId(null)}
        />
      ) : (
        request.actions.length > 0 && (
          <div className="ct-row ct-no-print">
            {request.actions.map(({ id, title }) => (
              <Button key={id} size="large" onClick={() => setOpenId(id)}>
                {title}
              </Button>
            ))}
          </div>
        )
      )}
    </>
  );
}
