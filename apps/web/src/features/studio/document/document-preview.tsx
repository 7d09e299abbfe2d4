import { Segmented } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ErrorState, PageSkeleton } from '../../../ui/states.js';
import type { Problem } from '../api.js';
import { useProblemSentence } from '../problem-sentence.js';
import { useDocumentPreview, type DocumentPreview as Preview } from './use-document-preview.js';

type Props = { path: string; source: string; title: string; goToLine: (line: number) => void };

/** The template as a printed page with made-up values; while it has faults, these and the last page that could be printed. */
export function DocumentPreview({ path, source, title, goToLine }: Props) {
  const { t } = useTranslation();
  const [filled, setFilled] = useState(true);
  const preview = useDocumentPreview({ path, source, title, filled });
  const page = useLastPage(preview.data);
  return (
    <section className="ct-document-preview" aria-label={t('studio.document.preview')}>
      <div className="ct-document-tools">
        <h3>{t('studio.document.preview')}</h3>
        <Segmented<boolean>
          size="small"
          value={filled}
          onChange={setFilled}
          options={[
            { value: true, label: t('studio.document.filled') },
            { value: false, label: t('studio.document.empty') },
          ]}
        />
        <span className="ct-soft" role="status">
          {preview.isStale ? t('studio.document.running') : t('studio.document.hint')}
        </span>
      </div>
      {preview.isError && <ErrorState error={preview.error} retry={() => void preview.refetch()} />}
      {preview.isPending && <PageSkeleton />}
      {preview.data && <Faults problems={preview.data.problems} goToLine={goToLine} />}
      {page !== null && (
        <iframe
          className={preview.data?.html === null ? 'is-old' : ''}
          sandbox=""
          srcDoc={page}
          title={t('studio.document.page', { title })}
        />
      )}
    </section>
  );
}

/** The latest page that could be printed: a fault while somebody types does not take it away. */
function useLastPage(preview: Preview | undefined): string | null {
  const [page, setPage] = useState<string | null>(null);
  const html = preview?.html ?? null;
  if (html !== null && html !== page) setPage(html);
  return html ?? page;
}

function Faults({ problems, goToLine }: { problems: readonly Problem[]; goToLine: (line: number) => void }) {
  const { t } = useTranslation();
  const sentence = useProblemSentence();
  if (problems.length === 0) return null;
  return (
    <div className="ct-document-faults" role="alert">
      <strong>{t('studio.document.faults')}</strong>
      <ul className="ct-plain">
        {problems.map((problem, index) => (
          <li key={`${problem.code}-${problem.line}-${index}`}>
            {problem.line !== undefined && (
              <button type="button" className="ct-linklike" onClick={() => goToLine(problem.line ?? 1)}>
                {t('studio.line', { line: problem.line })}
              </button>
            )}{' '}
            {sentence(problem)}
          </li>
        ))}
      </ul>
    </div>
  );
}
