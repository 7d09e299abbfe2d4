import { useQuery, useQueryClient } from '@tanstack/react-query';
import { App, Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { request } from '../../lib/http.js';
import { isFailed } from '../../lib/is-failed.js';
import { EmptyState, ErrorState, ListSkeleton, useProblemTexts } from '../../ui/states.js';

type Incident = { incidentKey: string; elementId: string; errorType: string; errorMessage: string; state: string };

/** Where the engine is stuck, and trying again once the cause is mended. */
export function IncidentPanel({ instanceKey }: { instanceKey: string }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const { message } = App.useApp();
  const problemText = useProblemTexts();
  const queryKey = ['instance', instanceKey, 'incidents'];
  const incidents = useQuery({
    queryKey,
    queryFn: () =>
      request<{ items: Incident[] }>('/v2/incidents/search', {
        method: 'POST',
        body: { filter: { processInstanceKey: instanceKey, state: 'ACTIVE' } },
      }),
  });
  const retry = async (key: string) => {
    try {
      await request(`/v2/incidents/${key}/resolution`, { method: 'POST', body: {} });
      void message.success(t('case.retried'));
    } catch (error) {
      void message.error(problemText(error));
    }
    void client.invalidateQueries({ queryKey: ['instance', instanceKey] });
  };
  if (incidents.isPending) return <ListSkeleton rows={3} />;
  if (isFailed(incidents)) return <ErrorState error={incidents.error} retry={() => void incidents.refetch()} />;
  if (incidents.data.items.length === 0) return <EmptyState title={t('case.noIncidents')} />;
  return (
    <ul className="ct-plain">
      {incidents.data.items.map((incident) => (
        <li key={incident.incidentKey} className="ct-room-task">
          <div style={{ flex: 1 }}>
            <strong>{incident.elementId}</strong>
            <div>{incident.errorMessage}</div>
            <div className="ct-soft">{incident.errorType}</div>
          </div>
          <Button onClick={() => void retry(incident.incidentKey)}>{t('case.retry')}</Button>
        </li>
      ))}
    </ul>
  );
}
