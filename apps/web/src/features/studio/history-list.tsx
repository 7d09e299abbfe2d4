import { App, Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { isFailed } from '../../lib/is-failed.js';
import { momentText } from '../../lib/time.js';
import { EmptyState, ErrorState, ListSkeleton, useProblemTexts } from '../../ui/states.js';
import { fetchFile, personName, useHistory, useStudioFile, type HistoryEntry, type StudioFile } from './api.js';
import { useDraftStore } from './drafts.js';

/** Who published this file when and why; an older content can be taken back as a draft where it is kept. */
export function HistoryList({ file }: { file: StudioFile }) {
  const { t, i18n } = useTranslation();
  const history = useHistory(file.path);
  const restoring = useRestore(file.path);
  if (history.isPending) return <ListSkeleton rows={4} />;
  if (isFailed(history)) return <ErrorState error={history.error} retry={() => void history.refetch()} />;
  if (history.data.length === 0)
    return <EmptyState title={t('studio.history.none')} hint={t('studio.history.noneHint')} />;
  return (
    <ol className="ct-plain ct-history">
      {history.data.map((entry, index) => (
        <li key={`${entry.at}-${index}`}>
          <strong>{entry.message}</strong>
          <span className="ct-soft">
            {momentText(entry.at, i18n.language)} · {personName(entry.author)}
            {markOf(entry) && ` · ${markOf(entry)}`}
          </span>
          {entry.commit && index > 0 && (
            <Button
              size="small"
              loading={restoring.commit === entry.commit}
              onClick={() => void restoring.restore(entry.commit!)}
            >
              {t('studio.history.restore')}
            </Button>
          )}
        </li>
      ))}
    </ol>
  );
}

function markOf({ commit, set }: HistoryEntry): string {
  if (commit) return commit.slice(0, 8);
  return set === undefined || set === null ? '' : `#${set}`;
}

/** Takes the content of an older commit back as a draft. */
function useRestore(path: string) {
  const { t } = useTranslation();
  const published = useStudioFile(path);
  const store = useDraftStore();
  const { message } = App.useApp();
  const problemText = useProblemTexts();
  const [commit, setCommit] = useState<string | null>(null);
  const restore = async (from: string) => {
    setCommit(from);
    try {
      const { content } = await fetchFile(path, from);
      store.put({ path, content, baseHash: published.data?.hash ?? null });
      void message.success(t('studio.history.restored'));
    } catch (error) {
      void message.error(problemText(error));
    }
    setCommit(null);
  };
  return { commit, restore };
}
