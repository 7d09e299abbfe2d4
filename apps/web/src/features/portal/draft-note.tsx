import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { FormData } from '../../lib/api-types.js';
import { clockText } from '../../lib/time.js';
import { DRAFT_MINUTES, dropDraft, readDraft, saveDraft } from '../../lib/portal-draft.js';

/** Offers to keep a draft on this device; nothing is kept unless the person asks for it. */
export function DraftNote({ entryId, data }: { entryId: string; data: FormData }) {
  const { t } = useTranslation();
  const [savedAt, setSavedAt] = useState<number | null>(null);
  const [hasDraft, setHasDraft] = useState(() => readDraft(entryId, Date.now()) !== null);
  const save = () => {
    saveDraft(entryId, data, Date.now());
    setSavedAt(Date.now());
    setHasDraft(true);
  };
  const drop = () => {
    dropDraft(entryId);
    setSavedAt(null);
    setHasDraft(false);
  };
  return (
    <div className="ct-draft-note ct-soft">
      <Button type="link" style={{ paddingInline: 0 }} onClick={save}>
        {t('portal.saveDraft', { minutes: DRAFT_MINUTES })}
      </Button>
      {hasDraft && (
        <Button type="link" danger onClick={drop}>
          {t('portal.dropDraft')}
        </Button>
      )}
      <span role="status">{savedAt ? t('portal.draftSaved', { at: clockText(savedAt) }) : ''}</span>
    </div>
  );
}
