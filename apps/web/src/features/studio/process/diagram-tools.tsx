import { CompressOutlined, PlusSquareOutlined, ZoomInOutlined, ZoomOutOutlined } from '@ant-design/icons';
import { Button, Dropdown, type MenuProps, Select, Tooltip } from 'antd';
import { useTranslation } from 'react-i18next';
import { isFlowNode, isSequenceFlow } from './bpmn-types.js';
import type { Canvas, CommandStack, DiagramElement, ElementRegistry, Modeler } from './bpmn-types.js';
import type { StepTemplate } from '../api.js';
import { UndoRedo } from '../undo-redo.js';
import { placesFor, type InsertPlace } from './insert-step.js';
import { goToElement } from './navigation.js';

type Selected = { selected: DiagramElement[]; revision: number };
/** Inserts a step, or a ready-made one, at a place or where something is selected. */
export type InsertStep = (place?: InsertPlace, template?: StepTemplate) => void;
type Props = {
  modeler: Modeler;
  selection: Selected;
  insert: InsertStep;
  templates: readonly StepTemplate[];
  isHidden: boolean;
};

/** Everything the canvas can do, as buttons with names: for the keyboard, for screen readers, for who is new. */
export function DiagramTools({ modeler, selection, insert, templates, isHidden }: Props) {
  const { t } = useTranslation();
  const stack = modeler.get<CommandStack>('commandStack');
  const canvas = modeler.get<Canvas>('canvas');
  if (isHidden) return <span className="ct-fill" />;
  return (
    <>
      <UndoRedo undo={stack.canUndo() ? () => stack.undo() : null} redo={stack.canRedo() ? () => stack.redo() : null} />
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
      <InsertButton selected={selection.selected} insert={insert} templates={templates} />
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

type MenuItem = NonNullable<NonNullable<MenuProps['items']>[number]>;
type InsertProps = { selected: DiagramElement[]; insert: InsertStep; templates: readonly StepTemplate[] };

function InsertButton({ selected, insert, templates }: InsertProps) {
  const { t } = useTranslation();
  const places = placesFor(selected);
  const label = t('studio.insert.button');
  const button = (
    <Button icon={<PlusSquareOutlined aria-hidden />} {...(places.length === 0 && { onClick: () => insert() })}>
      {label}
    </Button>
  );
  if (places.length === 0) return button;
  const kindsAt = (place: InsertPlace, key: string): MenuItem[] => [
    { key: `${key}-plain`, label: t('studio.insert.plain'), onClick: () => insert(place) },
    ...templates.map((template) => ({
      key: `${key}-${template.id}`,
      label: template.name,
      title: template.description ?? template.name,
      onClick: () => insert(place, template),
    })),
  ];
  const [element] = selected;
  const name = element?.businessObject.name || element?.id;
  const items = places.flatMap((place): MenuItem[] => {
    if ('flow' in place) return kindsAt(place, 'flow');
    const key = 'before' in place ? 'before' : 'after';
    return [{ key, label: t(`studio.insert.${key}`, { name }), children: kindsAt(place, key) }];
  });
  return (
    <Dropdown menu={{ items }} trigger={['click']}>
      {button}
    </Dropdown>
  );
}
