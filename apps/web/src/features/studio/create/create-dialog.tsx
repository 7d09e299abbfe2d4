import { App, Input, Modal, Segmented } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useProblemTexts } from '../../../ui/states.js';
import { useStudioReference, type StudioFile } from '../api.js';
import { formIdFor, nothing, wishOf, type Answers } from './answers.js';
import { CREATABLE, freeId, idFault, takenIds, type Creatable } from './ids.js';
import { DocumentQuestions, FolderQuestion, ProcessQuestions } from './kind-questions.js';
import { Question } from './question.js';
import { useCreate } from './use-create.js';

type Props = { files: StudioFile[]; current: string; close: () => void };

/** Asks what is to be made, what it is called and the little without which it could not be published. */
export function CreateDialog({ files, current, close }: Props) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const problemText = useProblemTexts();
  const create = useCreate(files);
  const taken = useTaken(files);
  const [kind, setKind] = useState<Creatable>('process');
  const [answers, setAnswers] = useState(nothing);
  const [isTried, setTried] = useState(false);
  const answer = (part: Partial<Answers>) => setAnswers((known) => ({ ...known, ...part }));
  const folder = answers.folder ?? folderOf(current, files);
  const id = answers.id ?? freeId(kind, taken(kind));
  const fault = idFault(kind, id, taken(kind));
  const wish = fault ? null : wishOf({ kind, id, folder, answers, freeForm: formIdFor(id, taken('form')) });
  const make = async () => {
    setTried(true);
    if (!wish) return;
    try {
      await create(wish);
      close();
    } catch (error) {
      void message.error(problemText(error));
    }
  };
  const change = (next: Creatable) => {
    setKind(next);
    answer({ id: null });
    setTried(false);
  };
  const needed = (isMissing: boolean) => (isTried && isMissing ? t('studio.create.needed') : null);
  return (
    <Modal
      open
      title={t('studio.create.title')}
      onCancel={close}
      okText={t('studio.create.confirm')}
      cancelText={t('common.cancel')}
      onOk={() => void make()}
    >
      <div className="ct-stack">
        <Segmented<Creatable>
          aria-label={t('studio.create.what')}
          block
          value={kind}
          onChange={change}
          options={CREATABLE.map((value) => ({ value, label: t(`studio.create.kind_${value}`) }))}
        />
        <p className="ct-soft">{t(`studio.create.about_${kind}`)}</p>
        {kind !== 'calendar' && (
          <Question label={t('studio.create.name')} fault={needed(answers.title.trim() === '')}>
            {(props) => (
              <Input
                {...props}
                autoFocus
                maxLength={60}
                value={answers.title}
                placeholder={t(`studio.create.example_${kind}`)}
                onChange={({ target }) => answer({ title: target.value })}
                onPressEnter={() => void make()}
              />
            )}
          </Question>
        )}
        <Question
          label={t(kind === 'calendar' ? 'studio.create.year' : 'studio.create.id')}
          fault={fault && t(`studio.create.${kind === 'calendar' && fault === 'idPattern' ? 'yearPattern' : fault}`)}
          hint={kind === 'calendar' ? undefined : t('studio.create.idHint')}
        >
          {(props) => (
            <Input
              {...props}
              maxLength={60}
              value={id}
              onChange={({ target }) => answer({ id: target.value.trim() })}
            />
          )}
        </Question>
        {(kind === 'decision' || kind === 'document') && (
          <FolderQuestion files={files} folder={folder} answer={answer} fault={needed(folder === null)} />
        )}
        {kind === 'process' && (
          <ProcessQuestions answers={answers} answer={answer} fault={needed(answers.role === null)} />
        )}
        {kind === 'document' && (
          <DocumentQuestions answers={answers} answer={answer} fault={needed(answers.readers.length === 0)} />
        )}
      </div>
    </Modal>
  );
}

function useTaken(files: StudioFile[]): (kind: Creatable) => string[] {
  const reference = useStudioReference().data;
  return (kind) => {
    const more = { decision: reference?.decisions, document: reference?.documents }[kind as 'decision'] ?? [];
    return takenIds(
      kind,
      files,
      more.map(({ id }) => id),
    );
  };
}

/** The process in whose folder the open file stands. */
function folderOf(path: string, files: StudioFile[]): string | null {
  const folder = path.split('/')[1] ?? '';
  return files.some((file) => file.kind === 'process' && file.path.startsWith(`workflows/${folder}/`)) ? folder : null;
}
