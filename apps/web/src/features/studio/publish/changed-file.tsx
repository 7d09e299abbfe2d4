import { Alert, Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { DifferenceList } from '../../../ui/differences/difference-list.js';
import { ListSkeleton } from '../../../ui/states.js';
import { useStudioFile } from '../api.js';
import { useDraftStore, type Draft } from '../drafts.js';
import { useAllFiles } from '../use-all-files.js';
import { useFileTitle } from '../file-title.js';

/** One file of a publication: what changes, whether somebody else changed it meanwhile, and the way out of it. */
export function ChangedFile({ draft }: { draft: Draft }) {
  const { t } = useTranslation();
  const store = useDraftStore();
  const file = useAllFiles().find(({ path }) => path === draft.path);
  const fileTitle = useFileTitle();
  const title = file ? fileTitle(file) : draft.path;
  const isPublished = file !== undefined && !file.isNew;
  const published = useStudioFile(draft.path, isPublished);
  const isStale = published.data !== undefined && published.data.hash !== draft.baseHash;
  return (
    <section className="ct-changed-file" aria-label={title}>
      <div className="ct-row">
        <strong>{title}</strong>
        <span className="ct-soft">{draft.path}</span>
        <div className="ct-row-end">
          <Button size="small" onClick={() => store.discard([draft.path])}>
            {t('studio.publish.discard')}
          </Button>
        </div>
      </div>
      {isStale && (
        <Alert
          type="warning"
          showIcon
          title={t('studio.stale.title')}
          description={t('studio.stale.text')}
          action={
            <Button size="small" onClick={() => store.put({ ...draft, baseHash: published.data?.hash ?? null })}>
              {t('studio.stale.keep')}
            </Button>
          }
        />
      )}
      {isPublished && published.isPending ? (
        <ListSkeleton rows={2} />
      ) : (
        <DifferenceList
          kind={file?.kind ?? 'settings'}
          before={published.data?.content ?? null}
          after={draft.content}
        />
      )}
    </section>
  );
}
