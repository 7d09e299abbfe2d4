import { Input, Modal, Radio } from 'antd';
import { useId, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { TaskRow } from '../../../lib/api-types.js';
import { attachFile, sendAction } from './api.js';
import { PersonSelect } from './person-select.js';
import { ReturnTargetList } from './return-target-list.js';
import { useAction } from './use-action.js';

export type ActionName =
  'transfer' | 'delegate' | 'sign' | 'return' | 'withdraw' | 'copy' | 'urge' | 'comment' | 'attach';

type Wish = {
  people: string[];
  text: string;
  when: 'before' | 'after';
  target: string;
  revision: number;
  file: File | null;
};
const nothing: Wish = { people: [], text: '', when: 'before', target: '', revision: 0, file: null };

type Shape = {
  people?: 'one' | 'many';
  text?: 'reason' | 'comment' | 'required';
  isComplete: (wish: Wish) => boolean;
  send: (taskKey: string, wish: Wish, idempotencyKey: string) => Promise<void>;
};

const hasReason = ({ text }: Wish) => text.trim().length >= 2;
const toOne = (name: 'transfer' | 'delegation'): Shape => ({
  people: 'one',
  text: 'reason',
  isComplete: (wish) => wish.people.length === 1 && hasReason(wish),
  send: (key, { people, text }, id) => sendAction(key, name, { to: people[0] ?? '', reason: text }, id),
});

/** What each action asks for, and how it is sent. */
const shapes: Record<ActionName, Shape> = {
  transfer: toOne('transfer'),
  delegate: toOne('delegation'),
  sign: {
    people: 'many',
    text: 'reason',
    isComplete: (wish) => wish.people.length > 0 && hasReason(wish),
    send: (key, { people, text, when }, id) => sendAction(key, 'signers', { when, accounts: people, reason: text }, id),
  },
  return: {
    text: 'reason',
    isComplete: (wish) => wish.target !== '' && hasReason(wish),
    send: (key, { target, revision, text }, id) => sendAction(key, 'return', { target, revision, reason: text }, id),
  },
  withdraw: {
    text: 'reason',
    isComplete: hasReason,
    send: (key, { text }, id) => sendAction(key, 'withdrawal', { reason: text }, id),
  },
  copy: {
    people: 'many',
    text: 'comment',
    isComplete: (wish) => wish.people.length > 0,
    send: (key, { people, text }, id) => sendAction(key, 'copies', { accounts: people, comment: text }, id),
  },
  urge: {
    text: 'comment',
    isComplete: () => true,
    send: (key, { text }, id) => sendAction(key, 'urges', { comment: text }, id),
  },
  comment: {
    text: 'required',
    isComplete: ({ text }) => text.trim() !== '',
    send: (key, { text }, id) => sendAction(key, 'comments', { text }, id),
  },
  attach: {
    isComplete: ({ file }) => file !== null,
    send: (key, { file }, id) => (file ? attachFile(key, file, id) : Promise.resolve()),
  },
};

/** After these the task is another's, or over. */
const leaving: readonly ActionName[] = ['transfer', 'return', 'withdraw'];

type Props = { action: ActionName; task: TaskRow; close: () => void; leave: (note: string) => void };

/** One question for each action; what was typed stays until it has been done. */
export function ActionDialog({ action, task, close, leave }: Props) {
  const { t } = useTranslation();
  const id = useId();
  const [wish, setWish] = useState<Wish>(nothing);
  const { isBusy, run } = useAction(
    task.userTaskKey,
    task.processInstanceKey,
    leaving.includes(action) ? leave : undefined,
  );
  const { people, text, isComplete, send } = shapes[action];
  const change = (part: Partial<Wish>) => setWish((known) => ({ ...known, ...part }));
  const name = t(`action.name.${action}`);
  const submit = async () => {
    if (await run((key) => send(task.userTaskKey, wish, key), name)) close();
  };
  return (
    <Modal
      open
      title={t('action.title', { name, task: task.name })}
      okText={t('action.confirm', { name })}
      okButtonProps={{ disabled: !isComplete(wish), loading: isBusy }}
      onOk={() => void submit()}
      onCancel={close}
      keyboard={wish.text === ''}
      mask={{ closable: wish.text === '' }}
    >
      <div className="ct-stack">
        <p className="ct-soft">{t(`action.hint.${action}`)}</p>
        {people && (
          <Labelled id={`${id}-people`} label={t(`action.people.${people}`)}>
            <PersonSelect
              id={`${id}-people`}
              taskKey={task.userTaskKey}
              value={wish.people}
              isMany={people === 'many'}
              change={(chosen) => change({ people: chosen })}
            />
          </Labelled>
        )}
        {action === 'sign' && <When value={wish.when} change={(when) => change({ when })} />}
        {action === 'return' && (
          <ReturnTargetList taskKey={task.userTaskKey} value={wish.target} change={(chosen) => change(chosen)} />
        )}
        {action === 'attach' && (
          <Labelled id={`${id}-file`} label={t('action.file')}>
            <input
              id={`${id}-file`}
              type="file"
              accept="image/png,image/jpeg,application/pdf"
              onChange={(event) => change({ file: event.target.files?.[0] ?? null })}
            />
          </Labelled>
        )}
        {text && (
          <Labelled id={`${id}-text`} label={t(`action.text.${text}`)}>
            <Input.TextArea
              id={`${id}-text`}
              rows={3}
              maxLength={text === 'reason' ? 500 : 2000}
              value={wish.text}
              onChange={(event) => change({ text: event.target.value })}
            />
          </Labelled>
        )}
      </div>
    </Modal>
  );
}

function Labelled({ id, label, children }: { id: string; label: string; children: ReactNode }) {
  return (
    <div>
      <label htmlFor={id}>{label}</label>
      {children}
    </div>
  );
}

function When({ value, change }: { value: Wish['when']; change: (when: Wish['when']) => void }) {
  const { t } = useTranslation();
  return (
    <Radio.Group value={value} onChange={(event) => change(event.target.value as Wish['when'])}>
      <Radio value="before">{t('action.before')}</Radio>
      <Radio value="after">{t('action.after')}</Radio>
    </Radio.Group>
  );
}
