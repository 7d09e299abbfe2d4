import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { AskDialog, ReasonField } from './ask-dialog.js';

type Props = {
  title: string;
  /** What it does, before anything is written. */
  text: string;
  confirm: string;
  danger?: boolean;
  send: (reason: string) => Promise<void>;
  close: () => void;
};

const SHORTEST = 2;
const LONGEST = 1000;

/** Asks for a reason and for nothing else. */
export function ReasonDialog({ send, ...dialog }: Props) {
  const { t } = useTranslation();
  const [reason, setReason] = useState('');
  return (
    <AskDialog
      {...dialog}
      written={reason}
      lacking={() => (reason.trim().length < SHORTEST ? t('keeping.reasonMissing') : '')}
      send={() => send(reason.trim())}
    >
      <ReasonField
        label={t('keeping.reason')}
        hint={t('keeping.reasonHint')}
        autoFocus
        most={LONGEST}
        reason={reason}
        onChange={setReason}
      />
    </AskDialog>
  );
}
