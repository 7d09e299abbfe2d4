import { Alert, App, Segmented } from 'antd';
import { useCallback, useEffect, useState } from 'react';
import { createPortal } from 'react-dom';
import { useTranslation } from 'react-i18next';
import { ErrorState, PageSkeleton } from '../../../ui/states.js';
import { useStudioReference, type StepTemplate } from '../api.js';
import type { EditorProps } from '../editor-props.js';
import { useProblemSentence } from '../problem-sentence.js';
import type { EventBus, Modeler } from './bpmn-types.js';
import { DiagramTools, type InsertStep } from './diagram-tools.js';
import { canInsert, placesFor, type InsertPlace, type StepInserter } from './insert-step.js';
import { fitOpenedPlanes, goToElement } from './navigation.js';
import { INSERT_STEP_EVENT } from './pad-and-palette.js';
import { markProblems } from './problem-marks.js';
import { PropertiesColumn } from './properties-column.js';
import { applyStepTemplate, useStepTemplates } from './step-templates.js';
import { useModeler, useSelection } from './use-modeler.js';

/** The diagram of a process with palette, pads and properties; the XML can be read beside it. */
export function ProcessEditor({ content, onChange, problems, target, slot }: EditorProps) {
  const { t } = useTranslation();
  const [view, setView] = useState<'diagram' | 'xml'>('diagram');
  const { holder, modeler, notes, error } = useModeler({ xml: content, onChange });
  const selection = useSelection(modeler);
  const reference = useStudioReference();
  const insert = useInsertStep(modeler);
  useProblemMarks(modeler, problems);
  useStepTemplates(modeler, reference.data?.elementTemplates);
  useEffect(() => (modeler ? fitOpenedPlanes(modeler) : undefined), [modeler]);
  useEffect(() => {
    if (!modeler || !target?.problem.elementId) return;
    setView('diagram');
    goToElement(modeler, target.problem.elementId);
  }, [modeler, target]);
  if (error) return <ErrorState error={null} safe={t('studio.unreadable')} />;
  return (
    <div className="ct-editor">
      <div className="ct-editor-tools">
        {modeler && (
          <DiagramTools
            modeler={modeler}
            selection={selection}
            insert={insert}
            templates={reference.data?.elementTemplates ?? []}
            isHidden={view !== 'diagram'}
          />
        )}
        <Segmented
          value={view}
          onChange={setView}
          options={[
            { value: 'diagram', label: t('studio.diagram') },
            { value: 'xml', label: 'XML' },
          ]}
        />
      </div>
      <NoteList title={t('studio.losses')} notes={notes.losses} />
      <NoteList title={t('studio.undrawn')} notes={notes.undrawn} />
      {!modeler && <PageSkeleton />}
      <div
        ref={holder}
        className="ct-canvas"
        role="group"
        aria-label={t('studio.canvas')}
        style={view === 'diagram' || !modeler ? undefined : { display: 'none' }}
      />
      {view === 'xml' && modeler && <XmlView modeler={modeler} revision={selection.revision} />}
      {slot &&
        modeler &&
        createPortal(
          <PropertiesColumn modeler={modeler} selected={selection.selected} reference={reference.data} />,
          slot,
        )}
    </div>
  );
}

/** Said before anything is changed. */
function NoteList({ title, notes }: { title: string; notes: string[] }) {
  if (notes.length === 0) return null;
  const list = notes.map((note) => <li key={note}>{note}</li>);
  return <Alert type="warning" showIcon title={title} description={<ul>{list}</ul>} />;
}

function useProblemMarks(modeler: Modeler | null, problems: EditorProps['problems']): void {
  const sentence = useProblemSentence();
  useEffect(() => (modeler ? markProblems(modeler, problems, sentence) : undefined), [modeler, problems, sentence]);
}

/** Inserts where something is selected, from the toolbar, the palette or the pad; says what to select otherwise. */
function useInsertStep(modeler: Modeler | null): InsertStep {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const insert = useCallback(
    (place?: InsertPlace, template?: StepTemplate) => {
      if (!modeler) return;
      const wanted = place ?? placesFor(modeler.get<{ get: () => [] }>('selection').get())[0];
      if (!wanted || !canInsert(wanted)) return void message.info(t('studio.insert.selectFirst'));
      const name = template?.name ?? t('studio.insert.newName');
      const step = modeler.get<StepInserter>('stepInserter').insert(wanted, name);
      if (!step) return;
      const made = template ? applyStepTemplate(modeler, step, template) : step;
      goToElement(modeler, made.id);
    },
    [modeler, message, t],
  );
  useEffect(() => {
    if (!modeler) return;
    const bus = modeler.get<EventBus>('eventBus');
    const answer = () => insert();
    bus.on(INSERT_STEP_EVENT, answer);
    return () => bus.off(INSERT_STEP_EVENT, answer);
  }, [modeler, insert]);
  return insert;
}

function XmlView({ modeler, revision }: { modeler: Modeler; revision: number }) {
  const { t } = useTranslation();
  const [xml, setXml] = useState('');
  useEffect(() => {
    let isGone = false;
    void modeler.saveXML({ format: true }).then((saved) => !isGone && setXml(saved.xml ?? ''));
    return () => {
      isGone = true;
    };
  }, [modeler, revision]);
  return (
    <pre className="ct-xml" tabIndex={0} aria-label={t('studio.xml')}>
      {xml}
    </pre>
  );
}
