import { Button, Modal } from 'antd';
import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { useBlocker } from 'react-router';
import { useWarnBeforeLeaving } from '../lib/leaving.js';

type GuardProps = {
  isTyped: boolean;
  /** How what was typed can be kept, if it can. */
  hint?: string;
};

/** While something typed is not sent: asks before another page takes its place. One on a page at most. */
export function LeaveGuard({ isTyped, hint }: GuardProps) {
  const blocker = useBlocker(
    ({ currentLocation, nextLocation }) => isTyped && currentLocation.pathname !== nextLocation.pathname,
  );
  useWarnBeforeLeaving(useCallback(() => isTyped, [isTyped]));
  return (
    <LeaveQuestion
      open={blocker.state === 'blocked'}
      stay={() => blocker.reset?.()}
      leave={() => blocker.proceed?.()}
      {...(hint !== undefined && { hint })}
    />
  );
}

type QuestionProps = { open: boolean; stay: () => void; leave: () => void; hint?: string };

/** Typed and not sent: staying is what Enter and Esc do. */
export function LeaveQuestion({ open, stay, leave, hint }: QuestionProps) {
  const { t } = useTranslation();
  return (
    <Modal
      open={open}
      title={t('unsent.title')}
      onCancel={stay}
      closable={false}
      footer={[
        <Button key="leave" size="large" danger onClick={leave}>
          {t('unsent.leave')}
        </Button>,
        <Button key="stay" size="large" type="primary" autoFocus onClick={stay}>
          {t('unsent.stay')}
        </Button>,
      ]}
    >
      <p>
        {t('unsent.text')}
        {hint}
      </p>
    </Modal>
  );
}
