import { Button, Modal } from 'antd';
import { createContext, type ReactNode, useCallback, useContext, useEffect, useId, useState } from 'react';
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

type Note = (form: string, isTyped: boolean) => void;
type Ask = (leave: () => void) => void;

const Unsent = createContext<{ note: Note; ask: Ask }>({ note: () => undefined, ask: (leave) => leave() });

/** Several forms on one page: what is typed into any of them is guarded by one question. */
export function UnsentForms({ children }: { children: ReactNode }) {
  const [typed, setTyped] = useState<readonly string[]>([]);
  const [leave, setLeave] = useState<(() => void) | null>(null);
  const note: Note = useCallback((form, isTyped) => {
    setTyped((known) => [...known.filter((one) => one !== form), ...(isTyped ? [form] : [])]);
  }, []);
  const ask: Ask = (wanted) => (typed.length === 0 ? wanted() : setLeave(() => wanted));
  return (
    <Unsent value={{ note, ask }}>
      <LeaveGuard isTyped={typed.length > 0} />
      <LeaveQuestion
        open={leave !== null}
        stay={() => setLeave(null)}
        leave={() => {
          setLeave(null);
          leave?.();
        }}
      />
      {children}
    </Unsent>
  );
}

/** Tells the guard around this form whether something typed into it is not sent. */
export function useUnsent(isTyped: boolean): void {
  const { note } = useContext(Unsent);
  const form = useId();
  useEffect(() => {
    note(form, isTyped);
    return () => note(form, false);
  }, [note, form, isTyped]);
}

/** Leaves a view without another address, after a question where something typed is not sent. */
export const useAskToLeave = (): Ask => useContext(Unsent).ask;

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
