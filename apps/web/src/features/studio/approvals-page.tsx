import { useQueryClient } from '@tanstack/react-query';
import { App, Button, Input } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { may, useSession } from '../../lib/api/session.js';
import type { FileKind } from '../../lib/file-kind.js';
import { isFailed } from '../../lib/is-failed.js';
import { momentText } from '../../lib/time.js';
import { DifferenceList } from '../../ui/differences/difference-list.js';
import { PageFrame } from '../../ui/page-frame.js';
import { EmptyState, ErrorState, ListSkeleton, useProblemTexts } from '../../ui/states.js';
import { decideApproval, personName, useApprovals, useStudioFile, useStudioFiles } from './api.js';
import type { Approval, Change } from './api.js';
import { whyText } from './why-text.js';

/** What needs a second person waits here; those who only ask for it see that it waits. */
export function ApprovalsPage() {
  const { t } = useTranslation();
  const user = useSession().data?.user;
  const mayApprove = may(user, 'approve');
  const mayAsk = may(user, 'studio') || may(user, 'accounts');
  const approvals = useApprovals(mayApprove || mayAsk);
  if (!mayApprove && !mayAsk)
    return <EmptyState title={t('studio.noRight')} hint={t('studio.approvals.noRightHint')} />;
  return (
    <PageFrame
      title={t('studio.approvals.title')}
      subtitle={t('studio.approvals.subtitle')}
      width={880}
      extra={may(user, 'studio') && <Link to="/studio">{t('studio.approvals.back')}</Link>}
    >
      {approvals.isPending && <ListSkeleton />}
      {isFailed(approvals) && <ErrorState error={approvals.error} retry={() => void approvals.refetch()} />}
      {approvals.data?.length === 0 && (
        <EmptyState title={t('studio.approvals.none')} hint={t('studio.approvals.noneHint')} />
      )}
      <div className="ct-stack">
        {approvals.data?.map((approval) => (
          <ApprovalCard key={approval.approvalId} approval={approval} />
        ))}
      </div>
    </PageFrame>
  );
}

function ApprovalCard({ approval }: { approval: Approval }) {
  const { t, i18n } = useTranslation();
  return (
    <article className="ct-card ct-stack" aria-label={approval.message}>
      <div>
        <h2>{approval.message}</h2>
        <span className="ct-soft">
          {t(`studio.approvals.kind.${approval.kind}`)} · {personName(approval.author)} ·{' '}
          {momentText(approval.createdAt, i18n.language)}
        </span>
      </div>
      {whyText(approval.why) && <p className="ct-why">{whyText(approval.why)}</p>}
      {approval.changes.map((change) => (
        <ApprovalChange key={change.path} change={change} />
      ))}
      <Standing approval={approval} />
    </article>
  );
}

/** The decision, for whoever may make it. */
function Standing({ approval }: { approval: Approval }) {
  const { t } = useTranslation();
  const user = useSession().data?.user;
  if (approval.author?.id === user?.id) return <p className="ct-soft">{t('studio.approvals.own')}</p>;
  if (!may(user, 'approve')) return <p className="ct-soft">{t('studio.approvals.others')}</p>;
  return <Decision id={approval.approvalId} />;
}

function ApprovalChange({ change: { path, content } }: { change: Change }) {
  const files = useStudioFiles();
  const isPublished = files.data?.files.some((file) => file.path === path) ?? false;
  const published = useStudioFile(path, isPublished);
  return (
    <section className="ct-changed-file" aria-label={path}>
      <strong>{path}</strong>
      {files.isPending || (isPublished && published.isPending) ? (
        <ListSkeleton rows={2} />
      ) : (
        <DifferenceList kind={kindOf(path)} before={published.data?.content ?? null} after={content} />
      )}
    </section>
  );
}

function kindOf(path: string): FileKind {
  if (path.endsWith('.bpmn')) return 'process';
  if (path.endsWith('.dmn')) return 'decision';
  return path.endsWith('.form.json') ? 'form' : 'settings';
}

function Decision({ id }: { id: string }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const { message } = App.useApp();
  const problemText = useProblemTexts();
  const [comment, setComment] = useState('');
  const [isSending, setSending] = useState(false);
  const decide = async (decision: 'approve' | 'reject') => {
    setSending(true);
    try {
      await decideApproval(id, decision, comment.trim());
      void message.success(t(`studio.approvals.${decision}Done`));
      await client.invalidateQueries({ queryKey: ['studio'] });
    } catch (error) {
      void message.error(problemText(error));
      setSending(false);
    }
  };
  return (
    <div className="ct-stack">
      <label className="ct-setting">
        {t('studio.approvals.comment')}
        <Input.TextArea rows={2} maxLength={500} value={comment} onChange={(event) => setComment(event.target.value)} />
      </label>
      <div className="ct-choices">
        <Button type="primary" loading={isSending} onClick={() => void decide('approve')}>
          {t('studio.approvals.approve')}
        </Button>
        <Button danger disabled={isSending || comment.trim() === ''} onClick={() => void decide('reject')}>
          {t('studio.approvals.reject')}
        </Button>
        <span className="ct-soft">{t('studio.approvals.rejectHint')}</span>
      </div>
    </div>
  );
}
