/** The little the studio needs to know of a diagram's objects. */
export type Point = { x: number; y: number };
export type Bounds = Point & { width: number; height: number };

export type ModdleElement = {
  $type: string;
  id?: string;
  name?: string;
  extensionElements?: { values?: ModdleElement[] } & ModdleElement;
  [property: string]: unknown;
};

export type DiagramElement = Bounds & {
  id: string;
  type: string;
  businessObject: ModdleElement;
  parent?: DiagramElement;
  children?: DiagramElement[];
  incoming: DiagramElement[];
  outgoing: DiagramElement[];
  labelTarget?: DiagramElement;
  host?: DiagramElement;
  waypoints?: Point[];
  source?: DiagramElement;
  target?: DiagramElement;
};

export type Modeling = {
  updateProperties: (element: DiagramElement, properties: object) => void;
  updateModdleProperties: (element: DiagramElement, moddle: ModdleElement, properties: object) => void;
  createShape: (shape: DiagramElement, position: Point, parent: DiagramElement) => DiagramElement;
  reconnectEnd: (connection: DiagramElement, target: DiagramElement, docking: Point) => void;
  connect: (source: DiagramElement, target: DiagramElement, attributes?: object) => DiagramElement;
};
export type BpmnFactory = { create: (type: string, attributes?: object) => ModdleElement };
export type ElementRegistry = {
  get: (id: string) => DiagramElement | undefined;
  filter: (accepts: (element: DiagramElement) => boolean) => DiagramElement[];
};
export type Selection = { get: () => DiagramElement[]; select: (element: DiagramElement | DiagramElement[]) => void };
export type CommandStack = {
  undo: () => void;
  redo: () => void;
  canUndo: () => boolean;
  canRedo: () => boolean;
  execute: (command: string, context: object) => void;
  registerHandler: (command: string, handler: unknown) => void;
};
export type Canvas = {
  zoom: (level?: number | 'fit-viewport', center?: Point | 'auto') => number;
  viewbox: (box?: Bounds) => Bounds & { scale: number; outer: { width: number; height: number } };
  scrollToElement: (element: DiagramElement, padding?: number) => void;
  addMarker: (id: string, marker: string) => void;
  removeMarker: (id: string, marker: string) => void;
  getRootElement: () => DiagramElement;
  findRoot: (element: DiagramElement) => DiagramElement | undefined;
  setRootElement: (root: DiagramElement) => void;
};
export type Overlays = { add: (id: string, type: string, overlay: object) => string; remove: (filter: object) => void };
export type EventBus = {
  on(event: string | string[], listener: (event: { element?: DiagramElement }) => void): void;
  on(event: string, priority: number, listener: (event: { element?: DiagramElement }) => void): void;
  off: (event: string | string[], listener: (event: { element?: DiagramElement }) => void) => void;
  fire: (event: string, payload?: object) => void;
};
export type PropertiesPanel = { attachTo: (container: HTMLElement) => void; detach: () => void };

export type Modeler = {
  get: <T>(name: string) => T;
  saveXML: (options?: { format?: boolean }) => Promise<{ xml?: string }>;
  destroy: () => void;
};

/** A step, event or gateway: something a sequence flow leads to or leaves; not the plane of a sub-process. */
export function isFlowNode({ type, labelTarget, parent }: DiagramElement): boolean {
  return !labelTarget && parent !== undefined && /Task$|Event$|Gateway$|^bpmn:CallActivity$|SubProcess$/.test(type);
}

export function isSequenceFlow({ type, labelTarget }: DiagramElement): boolean {
  return type === 'bpmn:SequenceFlow' && !labelTarget;
}
