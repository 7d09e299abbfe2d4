import { Modal, Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useReference } from '../../lib/api/session.js';
import type { Account } from '../../lib/api-types.js';
import { useProblemTexts } from '../../ui/states.js';
import { type AccountAnswer, changeAccount } from './api.js';

type Props = { account: Account; close: () => void; done: (answer: AccountAnswer) => void };

/** Which posts an account holds. */
export function PostsDialog({ account, close, done }: Props) {
  const { t } = useTranslation();
  const problemText = useProblemTexts();
  const posts = useReference().data?.posts ?? [];
  const [held, setHeld] = useState(account.posts.map(({ id }) => id));
  const [problem, setProblem] = useState('');
  const save = async () => {
    try {
      done(await changeAccount(account.id, { posts: held }));
      close();
    } catch (error) {
      setProblem(problemText(error));
    }
  };
  return (
    <Modal
      open
      title={t('posts.of', { name: account.name })}
      okText={t('posts.save')}
      cancelText={t('common.cancel')}
      onOk={() => void save()}
      onCancel={close}
    >
      <label className="ct-label" htmlFor="account-posts">
        {t('posts.title')}
      </label>
      <Select
        id="account-posts"
        mode="multiple"
        defaultActiveFirstOption={false}
        style={{ width: '100%' }}
        showSearch={{ optionFilterProp: 'label' }}
        options={posts.map(({ id, name }) => ({ value: id, label: name }))}
        value={held}
        onChange={setHeld}
      />
      {problem && (
        <div className="ct-field-error" role="alert">
          {problem}
        </div>
      )}
    </Modal>
  );
}
