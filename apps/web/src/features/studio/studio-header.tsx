import { CheckCircleOutlined, CloudUploadOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { may, useSession } from '../../lib/api/session.js';
import { momentText } from '../../lib/time.js';
import { personName, useApprovals, type Problem, type SetFacts, type StudioFile } from './api.js';
import { RemoveButton } from './create/remove-button.js';
import { useDrafts, useDraftStore } from './drafts.js';
import { PublishDialog } from './publish/publish-dialog.js';
import { countErrors, type Check } from './use-check.js';
import { useFileNames } from './use-problem-place.js';

type Props = {
  set: SetFacts | null;
  file: StudioFile | undefined;
  check: Check;
  goToProblem: (problem: Problem) => void;
};

/** Which file is open, what is live now, and the one big action: publish. */
export function StudioHeader({ set, file, check, goToProblem }: Props) {
  const { t, i18n } = useTranslation();
  const names = useFileNames(file?.path ?? '');
  const store = useDraftStore();
  const changed = Object.keys(useDrafts()).length;
  const [isPublishing, setPublishing] = useState(false);
  const errors = countErrors(check.problems);
  const open = async () => {
    await store.flush();
    setPublishing(true);
  };
  return (
    <header className="ct-studio-header">
      <div>
        <strong>{file ? names.join(' › ') : t('studio.title')}</strong>
        {file && <span className="ct-soft ct-studio-path">{file.path}</span>}
        {file && <RemoveButton file={file} known={check.problems} />}
      </div>
      <div className="ct-row-end">
        {set && (
          <span className="ct-soft">
            {t('studio.live', { number: set.number })}
            {set.publishedAt && ` · ${momentText(set.publishedAt, i18n.language)}`}
            {set.by && ` · ${personName(set.by)}`}
          </span>
        )}
        <ApprovalsLink />
        <span className={errors > 0 ? 'ct-state ct-state-error' : 'ct-soft'} role="status">
          {check.isStale ? (
            t('studio.check.running')
          ) : errors > 0 ? (
            t('studio.state.errors', { count: errors })
          ) : (
            <>
              <CheckCircleOutlined aria-hidden /> {t('studio.check.ok')}
            </>
          )}
        </span>
        <Button
          type="primary"
          icon={<CloudUploadOutlined aria-hidden />}
          disabled={changed === 0}
          onClick={() => void open()}
        >
          {changed === 0 ? t('studio.publish.button') : t('studio.publish.buttonCount', { count: changed })}
        </Button>
      </div>
      {isPublishing && <PublishDialog check={check} goToProblem={goToProblem} close={() => setPublishing(false)} />}
    </header>
  );
}

function ApprovalsLink() {
  const { t } = useTranslation();
  const mayApprove = may(useSession().data?.user, 'approve');
  const approvals = useApprovals(mayApprove);
  if (!mayApprove) return null;
  const count = approvals.data?.length ?? 0;
  return <Link to="/studio/approvals">{t('studio.approvals.link', { count })}</Link>;
}
