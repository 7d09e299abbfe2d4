import {
  CompressOutlined,
  PlusSquareOutlined,
  RedoOutlined,
  UndoOutlined,
  ZoomInOutlined,
  ZoomOutOutlined,
} from '@ant-design/icons';
import { Button, Dropdown, Select, Tooltip } from 'antd';
import { useTranslation } from 'react-i18next';
import { isFlowNode, isSequenceFlow } from './bpmn-types.js';
import type { Canvas, CommandStack, DiagramElement, ElementRegistry, Modeler } from './bpmn-types.js';
import { placesFor, type InsertPlace } from './insert-step.js';
import { goToElement } from './navigation.js';

type Selected = { selected: DiagramElement[]; revision: number };
type Props = { modeler: Modeler; selection: Selected; insert: (place?: InsertPlace) => void; isHidden: boolean };

/** Everything the canvas can do, as buttons with names: for the keyboard, for screen readers, for who is new. */
export function DiagramTools({ modeler, selection, insert, isHidden }: Props) {
  const { t } = useTranslation();
  const stack = modeler.get<CommandStack>('commandStack');
  const canvas = modeler.get<Canvas>('canvas');
  if (isHidden) return <span className="ct-fill" />;
  return (
    <>
      <Tool
        label={t('studio.undo')}
        icon={<UndoOutlined aria-hidden />}
        isOff={!stack.canUndo()}
        run={() => stack.undo()}
      />
      <Tool
        label={t('studio.redo')}
        icon={<RedoOutlined aria-hidden />}
        isOff={!stack.canRedo()}
        run={() => stack.redo()}
      />
      <Tool
        label={t('studio.zoomIn')}
        icon={<ZoomInOutlined aria-hidden />}
        run={() => canvas.zoom(canvas.zoom() * 1.25, 'auto')}
      />
      <Tool
        label={t('studio.zoomOut')}
        icon={<ZoomOutOutlined aria-hidden />}
        run={() => canvas.zoom(canvas.zoom() / 1.25, 'auto')}
      />
      <Tool
        label={t('studio.zoomFit')}
        icon={<CompressOutlined aria-hidden />}
        run={() => canvas.zoom('fit-viewport')}
      />
      <FindElement modeler={modeler} selection={selection} />
      <InsertButton selected={selection.selected} insert={insert} />
      <span className="ct-fill" />
    </>
  );
}

function Tool({
  label,
  icon,
  run,
  isOff = false,
}: {
  label: string;
  icon: React.ReactNode;
  run: () => void;
  isOff?: boolean;
}) {
  return (
    <Tooltip title={label}>
      <Button type="text" aria-label={label} icon={icon} disabled={isOff} onClick={run} />
    </Tooltip>
  );
}

function FindElement({ modeler, selection }: { modeler: Modeler; selection: Selected }) {
  const { t } = useTranslation();
  const elements = modeler
    .get<ElementRegistry>('elementRegistry')
    .filter((element) => isFlowNode(element) || isSequenceFlow(element));
  const [element] = selection.selected;
  return (
    <Select
      className="ct-find"
      aria-label={t('studio.find')}
      placeholder={t('studio.find')}
      showSearch={{ optionFilterProp: 'label' }}
      value={elements.includes(element!) ? element!.id : null}
      options={elements.map((one) => ({ value: one.id, label: elementName(one, t('studio.flowLabel')) }))}
      popupMatchSelectWidth={320}
      onChange={(id: string) => goToElement(modeler, id)}
    />
  );
}

function elementName(element: DiagramElement, flowLabel: string): string {
  const own = element.businessObject.name;
  if (!isSequenceFlow(element)) return own || element.id;
  const ends = [element.source, element.target].map((end) => end?.businessObject.name || end?.id);
  return `${flowLabel}:${ends.join(' → ')}${own ? `(${own})` : ''}`;
}

function InsertButton({ selected, insert }: { selected: DiagramElement[]; insert: (place?: InsertPlace) => void }) {
  const { t } = useTranslation();
  const places = placesFor(selected);
  const label = t('studio.insert.button');
  const [element] = selected;
  if (!element || isSequenceFlow(element) || places.length === 0)
    return (
      <Button icon={<PlusSquareOutlined aria-hidden />} onClick={() => insert()}>
        {label}
      </Button>
    );
  const name = element.businessObject.name || element.id;
  const items = places.map((place) => ({
    key: 'before' in place ? 'before' : 'after',
    label: t('before' in place ? 'studio.insert.before' : 'studio.insert.after', { name }),
    onClick: () => insert(place),
  }));
  return (
    <Dropdown menu={{ items }} trigger={['click']}>
      <Button icon={<PlusSquareOutlined aria-hidden />}>{label}</Button>
    </Dropdown>
  );
}
