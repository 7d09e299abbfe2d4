import { Button, Skeleton } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { HttpProblem } from '../lib/http.js';

/** Nothing here: what this place is for, and the first thing one can do. */
export function EmptyState({ title, hint, action }: { title: string; hint?: ReactNode; action?: ReactNode }) {
  return (
    <div className="ct-empty">
      <strong>{title}</strong>
      {hint && <span className="ct-soft">{hint}</span>}
      {action}
    </div>
  );
}

/** What failed, what is safe, and the way to try again. What is not there or not allowed does not come by trying again. */
export function ErrorState({ error, retry, safe }: { error: unknown; retry?: () => void; safe?: string }) {
  const { t } = useTranslation();
  const isFinal = error instanceof HttpProblem && [403, 404, 410].includes(error.status);
  return (
    <div className="ct-error" role="alert">
      <span className="ct-error-title">{useProblemText(error)}</span>
      {!isFinal && <span className="ct-soft">{safe ?? t('error.safe')}</span>}
      {isFinal && <span className="ct-soft">{t(error.status === 403 ? 'error.askFor' : 'error.checkAddress')}</span>}
      {retry && !isFinal && <Button onClick={retry}>{t('error.retry')}</Button>}
    </div>
  );
}

/** A sentence for a failure: the server's own where it gave one, else one of ours by status. */
export function useProblemText(error: unknown): string {
  const problemText = useProblemTexts();
  return problemText(error);
}

export function useProblemTexts(): (error: unknown) => string {
  const { t } = useTranslation();
  return (error) => {
    if (!(error instanceof HttpProblem)) return t('error.unknown');
    if (error.message !== '') return error.message;
    const known = ['0', '401', '403', '404', '409', '413', '429'];
    return t(known.includes(String(error.status)) ? `error.status${error.status}` : 'error.unknown');
  };
}

export function ListSkeleton({ rows = 6 }: { rows?: number }) {
  const { t } = useTranslation();
  return (
    <div role="status" aria-label={t('common.loading')} style={{ padding: 16 }}>
      <Skeleton active title={false} paragraph={{ rows }} />
    </div>
  );
}

export function PageSkeleton() {
  const { t } = useTranslation();
  return (
    <div role="status" aria-label={t('common.loading')} style={{ padding: 24, maxWidth: 960 }}>
      <Skeleton active paragraph={{ rows: 8 }} />
    </div>
  );
}
