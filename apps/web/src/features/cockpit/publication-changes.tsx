import { Button, Drawer } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { isFailed } from '../../lib/is-failed.js';
import { DifferenceList } from '../../ui/differences/difference-list.js';
import { EmptyState, ErrorState, ListSkeleton } from '../../ui/states.js';
import { usePublication } from './audit-api.js';

/** What a publication of the configuration changed, beside its entry in the log. */
export function PublicationChanges({ setId, message }: { setId: number; message: string }) {
  const { t } = useTranslation();
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <Button size="small" aria-label={`${t('audit.changes')}：${message}`} onClick={() => setOpen(true)}>
        {t('audit.changes')}
      </Button>
      <Drawer open={isOpen} onClose={() => setOpen(false)} title={message} size="large" destroyOnHidden>
        <ChangedFiles setId={setId} />
      </Drawer>
    </>
  );
}

function ChangedFiles({ setId }: { setId: number }) {
  const { t } = useTranslation();
  const publication = usePublication(setId);
  if (publication.isPending) return <ListSkeleton />;
  if (isFailed(publication)) return <ErrorState error={publication.error} retry={() => void publication.refetch()} />;
  const { previousSetId, files } = publication.data;
  if (files.length === 0)
    return <EmptyState title={t(previousSetId === null ? 'audit.firstPublication' : 'audit.nothingChanged')} />;
  return (
    <div className="ct-stack">
      {files.map(({ path, kind, before, after }) => (
        <section key={path} className="ct-changed-file" aria-label={path}>
          <strong>{path}</strong>
          <DifferenceList kind={kind} before={before} after={after} />
        </section>
      ))}
    </div>
  );
}
