import type { BpmnFactory, DiagramElement, ModdleElement, Modeler, Modeling } from './bpmn-types.js';

export type Attributes = Record<string, string | undefined>;

/** The extension element of this type, e.g. `zeebe:FormDefinition`. */
export function extensionOf({ businessObject }: DiagramElement, type: string): ModdleElement | undefined {
  return businessObject.extensionElements?.values?.find(({ $type }) => $type === type);
}

/** The attribute of an extension element, if it is set. */
export function attributeOf(element: DiagramElement, type: string, name: string): string | undefined {
  const value = extensionOf(element, type)?.[name];
  return typeof value === 'string' ? value : undefined;
}

/** Sets attributes of one extension element, in one undoable command; takes it out when `attributes` is null. */
export function writeExtension(modeler: Modeler, element: DiagramElement, type: string, attributes: Attributes | null) {
  writeExtensions(modeler, element, [[type, attributes]]);
}

/** As `writeExtension`, for several at once. */
export function writeExtensions(
  modeler: Modeler,
  element: DiagramElement,
  changes: [string, Attributes | null][],
): void {
  const factory = modeler.get<BpmnFactory>('bpmnFactory');
  const modeling = modeler.get<Modeling>('modeling');
  const { businessObject } = element;
  const before = businessObject.extensionElements;
  const values = changes.reduce((known, change) => withChange(factory, known, change), before?.values ?? []);
  if (before) return modeling.updateModdleProperties(element, before, { values });
  const extensionElements = factory.create('bpmn:ExtensionElements', { values });
  extensionElements.$parent = businessObject;
  for (const value of values) value.$parent = extensionElements;
  modeling.updateModdleProperties(element, businessObject, { extensionElements });
}

function withChange(
  factory: BpmnFactory,
  values: ModdleElement[],
  [type, attributes]: [string, Attributes | null],
): ModdleElement[] {
  const known = values.find(({ $type }) => $type === type);
  if (attributes === null) return values.filter((value) => value !== known);
  const merged = { ...(known ? plainAttributes(known) : {}), ...attributes };
  const next = factory.create(
    type,
    Object.fromEntries(Object.entries(merged).filter(([, value]) => value !== undefined)),
  );
  next.$parent = known?.$parent;
  return known ? values.map((value) => (value === known ? next : value)) : [...values, next];
}

function plainAttributes(element: ModdleElement): Record<string, unknown> {
  return Object.fromEntries(Object.entries(element).filter(([name]) => !name.startsWith('$')));
}

type Property = ModdleElement & { value?: string };

export function propertyOf(element: DiagramElement, name: string): string | undefined {
  return propertiesOf(element).find((property) => property.name === name)?.value;
}

function propertiesOf(element: DiagramElement): Property[] {
  return (extensionOf(element, 'zeebe:Properties')?.properties as Property[] | undefined) ?? [];
}

/** Sets one `zeebe:property`, or takes it out when the value is empty. */
export function writeProperty(modeler: Modeler, element: DiagramElement, name: string, value: string): void {
  const factory = modeler.get<BpmnFactory>('bpmnFactory');
  const others = propertiesOf(element).filter((property) => property.name !== name);
  const properties = value === '' ? others : [...others, factory.create('zeebe:Property', { name, value })];
  const change = properties.length === 0 ? null : ({ properties } as unknown as Attributes);
  writeExtension(modeler, element, 'zeebe:Properties', change);
}
