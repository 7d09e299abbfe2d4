import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { documentAsWord, openDocument, useDiagram, useInstance, useTimeline } from '../../lib/api/instances.js';
import type { DocumentRow, InstanceDetail } from '../../lib/api-types.js';
import { isFailed } from '../../lib/is-failed.js';
import { saveFile } from '../../lib/save-file.js';
import { momentText } from '../../lib/time.js';
import { Button } from 'antd';
import { DiagramView } from '../diagram/diagram-view.js';
import { LetterModal, type Letter } from '../letter.js';
import { ReasonPopover } from '../reason-popover.js';
import { CaseValue, SealedProvider } from '../sealed-value.js';
import { EmptyState, ErrorState, ListSkeleton, useProblemTexts } from '../states.js';
import { CaseTimeline } from '../timeline.js';

type Props = { instanceKey: string };

/** 案卷: the facts of a case, protected ones masked. */
export function FactsPanel({ instanceKey }: Props) {
  const instance = useInstance(instanceKey);
  if (instance.isPending) return <ListSkeleton />;
  if (isFailed(instance)) return <ErrorState error={instance.error} retry={() => void instance.refetch()} />;
  return (
    <SealedProvider processInstanceKey={instanceKey} facts={instance.data.sealed}>
      <Facts instance={instance.data} />
    </SealedProvider>
  );
}

function Facts({ instance }: { instance: InstanceDetail }) {
  const { t, i18n } = useTranslation();
  const state = instance.publicState;
  const facts = [
    { label: t('case.caseNo'), value: instance.caseNo ?? '—' },
    {
      label: t('case.process'),
      value: t('case.processVersion', { name: instance.processName, version: instance.version }),
    },
    { label: t('case.startedAt'), value: momentText(instance.startedAt, i18n.language) },
    ...(state ? [{ label: t('case.publicState'), value: typeof state === 'string' ? state : state.label }] : []),
    ...instance.facts,
  ];
  return (
    <dl className="ct-facts">
      {facts.map((fact, index) => (
        <div key={`${fact.label}-${index}`} style={{ display: 'contents' }}>
          <dt>{fact.label}</dt>
          <dd>
            <CaseValue value={fact.value} label={fact.label} />
          </dd>
        </div>
      ))}
    </dl>
  );
}

/** 流程: the diagram and where the case stands. */
export function DiagramPanel({ instanceKey }: Props) {
  const { t } = useTranslation();
  const diagram = useDiagram(instanceKey);
  if (diagram.isPending) return <ListSkeleton />;
  if (isFailed(diagram)) return <ErrorState error={diagram.error} retry={() => void diagram.refetch()} />;
  return <DiagramView diagram={diagram.data} label={t('diagram.label')} />;
}

/** 记录: everything that happened. */
export function TimelinePanel({ instanceKey }: Props) {
  const { t } = useTranslation();
  const timeline = useTimeline(instanceKey);
  if (timeline.isPending) return <ListSkeleton />;
  if (isFailed(timeline)) return <ErrorState error={timeline.error} retry={() => void timeline.refetch()} />;
  if (timeline.data.length === 0) return <EmptyState title={t('case.noRecords')} />;
  return <CaseTimeline entries={timeline.data} instanceKey={instanceKey} />;
}

type DocumentsProps = Props & { documents: DocumentRow[] };

/** 文书: letters and sheets; one that holds protected values asks why before it opens. */
export function DocumentsPanel({ instanceKey, documents }: DocumentsProps) {
  const { t, i18n } = useTranslation();
  const problemText = useProblemTexts();
  const [letter, setLetter] = useState<Letter | null>(null);
  const [problem, setProblem] = useState('');
  const open = async (document: DocumentRow, reason: string) => {
    setProblem('');
    const saveWord = async () => saveFile(await documentAsWord(instanceKey, document.id, reason));
    const page = await openDocument(instanceKey, document.id, reason);
    setLetter({ title: document.title, ...page, ...(document.word && { saveWord }) });
  };
  if (documents.length === 0) return <EmptyState title={t('case.noDocuments')} hint={t('case.noDocumentsHint')} />;
  return (
    <div className="ct-stack">
      <ul className="ct-plain">
        {documents.map((document) => (
          <li key={document.id + (document.key ?? '')} className="ct-room-task">
            <strong style={{ flex: 1 }}>{document.title}</strong>
            <span className="ct-soft">
              {document.at ? momentText(document.at, i18n.language) : t('case.notYetMade')}
            </span>
            {document.needsReason ? (
              <ReasonPopover
                label={t('case.openDocument')}
                describe={t('case.openDocumentOf', { title: document.title })}
                question={t('case.whyDocument')}
                ask={(reason) => open(document, reason)}
              />
            ) : (
              <Button
                size="small"
                aria-label={t('case.openDocumentOf', { title: document.title })}
                onClick={() => void open(document, '').catch((error) => setProblem(problemText(error)))}
              >
                {t('case.openDocument')}
              </Button>
            )}
          </li>
        ))}
      </ul>
      {problem && (
        <div className="ct-field-error" role="alert">
          {problem}
        </div>
      )}
      <LetterModal letter={letter} close={() => setLetter(null)} />
    </div>
  );
}
