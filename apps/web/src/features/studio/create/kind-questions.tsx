import { Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { useStudioReference, type StudioFile } from '../api.js';
import type { Answers } from './answers.js';
import { Question } from './question.js';

type Answer = (part: Partial<Answers>) => void;
type Props = { answers: Answers; answer: Answer; fault: string | null };

/** Who does the first step with which form, and who may begin. */
export function ProcessQuestions({ answers, answer, fault }: Props) {
  const { t } = useTranslation();
  const reference = useStudioReference().data;
  const roles = useRoles();
  const forms = (reference?.forms ?? []).map(({ id, title }) => ({ value: id, label: `${title}（${id}）` }));
  return (
    <>
      <Question label={t('studio.create.role')} fault={fault}>
        {(props) => (
          <Select
            {...props}
            showSearch={{ optionFilterProp: 'label' }}
            value={answers.role}
            placeholder={t('studio.create.chooseRole')}
            onChange={(role: string) => answer({ role })}
            options={roles}
          />
        )}
      </Question>
      <Question label={t('studio.create.form')} fault={null}>
        {(props) => (
          <Select
            {...props}
            showSearch={{ optionFilterProp: 'label' }}
            value={answers.form ?? ''}
            onChange={(form: string) => answer({ form: form || null })}
            options={[{ value: '', label: t('studio.create.newForm') }, ...forms]}
          />
        )}
      </Question>
      <Question label={t('studio.create.starters')} fault={null} hint={t('studio.create.startersHint')}>
        {(props) => (
          <Select
            {...props}
            mode="multiple"
            defaultActiveFirstOption={false}
            showSearch={{ optionFilterProp: 'label' }}
            value={answers.starters}
            onChange={(starters: string[]) => answer({ starters })}
            options={roles}
          />
        )}
      </Question>
    </>
  );
}

export function DocumentQuestions({ answers, answer, fault }: Props) {
  const { t } = useTranslation();
  const roles = useRoles();
  return (
    <Question label={t('studio.create.readers')} fault={fault}>
      {(props) => (
        <Select
          {...props}
          mode="multiple"
          defaultActiveFirstOption={false}
          showSearch={{ optionFilterProp: 'label' }}
          value={answers.readers}
          placeholder={t('studio.create.chooseRole')}
          onChange={(readers: string[]) => answer({ readers })}
          options={roles}
        />
      )}
    </Question>
  );
}

type FolderProps = { files: StudioFile[]; folder: string | null; answer: Answer; fault: string | null };

/** The process to which a decision table or a document belongs. */
export function FolderQuestion({ files, folder, answer, fault }: FolderProps) {
  const { t } = useTranslation();
  const options = files
    .filter(({ kind }) => kind === 'process')
    .map(({ path, title }) => ({ value: path.split('/')[1]!, label: title }));
  return (
    <Question label={t('studio.create.folder')} fault={fault}>
      {(props) => (
        <Select
          {...props}
          showSearch={{ optionFilterProp: 'label' }}
          value={folder}
          placeholder={t('studio.create.chooseFolder')}
          onChange={(value: string) => answer({ folder: value })}
          options={options}
        />
      )}
    </Question>
  );
}

/** Lists of roles that take several have no entry chosen beforehand: leaving one with Tab adds nobody. */
function useRoles() {
  return (useStudioReference().data?.roles ?? []).map(({ id, name }) => ({ value: id, label: name }));
}
