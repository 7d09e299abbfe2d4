import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useLocation, useParams } from 'react-router';
import type { FormData, PortalEntryDetail } from '../../lib/api-types.js';
import { usePortalEntry } from '../../lib/api/portal.js';
import { isFailed } from '../../lib/is-failed.js';
import { useDocumentTitle } from '../../ui/page-frame.js';
import { ErrorState, ListSkeleton } from '../../ui/states.js';
import { ReceiptPage } from './receipt-page.js';
import { ReportWizard, type Sent } from './report-wizard.js';

/** A report from the first question to the receipt. */
export function ReportPage() {
  const { t } = useTranslation();
  const { entryId = '' } = useParams();
  const entry = usePortalEntry(entryId);
  useDocumentTitle(entry.data?.entry.title ?? t('portal.report'));
  if (entry.isPending) return <ListSkeleton />;
  if (isFailed(entry))
    return (
      <div>
        <ErrorState error={entry.error} retry={() => void entry.refetch()} />
        <Link to="/">← {t('portal.back')}</Link>
      </div>
    );
  return <Report key={entryId} detail={entry.data} />;
}

function Report({ detail }: { detail: PortalEntryDetail }) {
  const [saved, setSaved] = useState<Sent | null>(null);
  const prefill = prefillOf(useLocation().state);
  if (saved) return <ReceiptPage {...saved} />;
  return <ReportWizard detail={detail} prefill={prefill} done={setSaved} />;
}

/** What the row of a page that led here fills in, such as a day. */
function prefillOf(state: unknown): FormData {
  const { prefill } = (state ?? {}) as { prefill?: FormData };
  return prefill ?? {};
}
