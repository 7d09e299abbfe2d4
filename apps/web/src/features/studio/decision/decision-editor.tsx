import { DeleteOutlined, PlusOutlined } from '@ant-design/icons';
import { App, Button, Select } from 'antd';
import type DmnModeler from 'dmn-js/lib/Modeler';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { ErrorState, PageSkeleton } from '../../../ui/states.js';
import type { EditorProps } from '../editor-props.js';
import { UndoRedo } from '../undo-redo.js';
import { commandStackOf, useDecisionModeler, type DecisionView } from './use-decision-modeler.js';

type EditorActions = { trigger: (action: string) => unknown };
type Cell = { row?: { businessObject?: { $type: string } } };

/** Decision tables and what they need, in dmn-js; rows can be added and taken away by button as well. */
export function DecisionEditor({ content, onChange, target }: EditorProps) {
  const { t } = useTranslation();
  const { holder, modeler, error, views, show } = useDecisionModeler({ xml: content, onChange });
  const shown = useRef<unknown>(null);
  useEffect(() => {
    if (!target || shown.current === target) return;
    const id = target.problem.elementId;
    const view = id ? views.all.find((one) => one.element.id === id || id.startsWith(`${one.element.id}_`)) : undefined;
    if (!view) return;
    shown.current = target;
    void show(view.id);
  }, [target, views.all, show]);
  if (error) return <ErrorState error={null} safe={t('studio.unreadable')} />;
  return (
    <div className="ct-editor">
      <div className="ct-editor-tools">
        {modeler && <DecisionTools modeler={modeler} active={views.active} />}
        <span className="ct-fill" />
        <Select
          aria-label={t('studio.decision.view')}
          className="ct-find"
          value={views.active?.id ?? null}
          options={views.all.map((view) => ({ value: view.id, label: viewName(view, t('studio.decision.drd')) }))}
          onChange={(id: string) => void show(id)}
        />
      </div>
      {!modeler && <PageSkeleton />}
      <div ref={holder} className="ct-canvas ct-decision" role="group" aria-label={t('studio.decision.canvas')} />
    </div>
  );
}

function viewName({ type, name, element }: DecisionView, drd: string): string {
  return type === 'drd' ? drd : (name ?? element.name ?? element.id);
}

function DecisionTools({ modeler, active }: { modeler: DmnModeler; active: DecisionView | undefined }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const stack = commandStackOf(modeler);
  const isTable = active?.type === 'decisionTable';
  const trigger = (action: string) => modeler.getActiveViewer()?.get<EditorActions>('editorActions').trigger(action);
  const removeRow = () => {
    const cell = modeler.getActiveViewer()?.get<{ get: () => Cell | undefined }>('selection').get();
    if (cell?.row?.businessObject?.$type === 'dmn:DecisionRule') trigger('removeRule');
    else void message.info(t('studio.decision.selectRow'));
  };
  return (
    <>
      <UndoRedo
        undo={stack?.canUndo() ? () => stack.undo() : null}
        redo={stack?.canRedo() ? () => stack.redo() : null}
      />
      {isTable && (
        <>
          <Button icon={<PlusOutlined aria-hidden />} onClick={() => trigger('addRule')}>
            {t('studio.decision.addRow')}
          </Button>
          <Button icon={<DeleteOutlined aria-hidden />} onClick={removeRow}>
            {t('studio.decision.removeRow')}
          </Button>
          <span className="ct-soft">{t('studio.decision.hint')}</span>
        </>
      )}
    </>
  );
}
