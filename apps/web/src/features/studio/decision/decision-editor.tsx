import { DeleteOutlined, PlusOutlined, UnorderedListOutlined } from '@ant-design/icons';
import { App, Button, Select } from 'antd';
import type DmnModeler from 'dmn-js/lib/Modeler';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { ErrorState, PageSkeleton } from '../../../ui/states.js';
import type { EditorProps } from '../editor-props.js';
import { UndoRedo } from '../undo-redo.js';
import './decision.css';
import { ChoiceBox } from './choice-box.js';
import { writeCell, type Choosing } from './choosing.js';
import { choicesOfCell, columnTitle, isInputCell, isNumberCell, type TableCell } from './table-cells.js';
import { useChoosing, useWordsInCells } from './use-choosing.js';
import { commandStackOf, useDecisionModeler, type DecisionView } from './use-decision-modeler.js';

type EditorActions = { trigger: (action: string) => unknown };
type Cell = TableCell & { row?: { businessObject?: { $type: string } } };

/** Decision tables and what they need, in dmn-js; rows can be added and taken away by button as well. */
export function DecisionEditor({ content, onChange, target }: EditorProps) {
  const { t } = useTranslation();
  const { known, choosing, cell, close } = useChoosing();
  const { holder, modeler, error, views, show } = useDecisionModeler({ xml: content, onChange, choosing });
  useWordsInCells({ holder, modeler }, known);
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
        {modeler && <DecisionTools modeler={modeler} active={views.active} choosing={choosing} />}
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
      {modeler && cell && (
        <ChoiceBox
          key={cell.id}
          title={columnTitle(cell)}
          text={cell.businessObject.text ?? ''}
          isInput={isInputCell(cell)}
          isNumber={isNumberCell(cell)}
          choices={choicesOfCell(cell, known) ?? []}
          write={(text) => writeCell(modeler, cell, text)}
          close={close}
        />
      )}
    </div>
  );
}

function viewName({ type, name, element }: DecisionView, drd: string): string {
  return type === 'drd' ? drd : (name ?? element.name ?? element.id);
}

type ToolsProps = { modeler: DmnModeler; active: DecisionView | undefined; choosing: Choosing };

function DecisionTools({ modeler, active, choosing }: ToolsProps) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const stack = commandStackOf(modeler);
  const isTable = active?.type === 'decisionTable';
  const trigger = (action: string) => modeler.getActiveViewer()?.get<EditorActions>('editorActions').trigger(action);
  const selected = () => modeler.getActiveViewer()?.get<{ get: () => Cell | undefined }>('selection').get();
  const choose = () => {
    const cell = selected();
    if (cell && choosing.isBound(cell)) choosing.open(cell);
    else void message.info(t('studio.decision.selectCell'));
  };
  const removeRow = () => {
    const cell = selected();
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
          <Button icon={<UnorderedListOutlined aria-hidden />} onClick={choose}>
            {t('studio.decision.chooseValues')}
          </Button>
          <span className="ct-soft">{t('studio.decision.hint')}</span>
        </>
      )}
    </>
  );
}
