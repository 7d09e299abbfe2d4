import { isFlowNode, isSequenceFlow, type Bounds, type Canvas, type CommandStack } from './bpmn-types.js';
import type { DiagramElement, ElementRegistry, Modeling, Point, Selection } from './bpmn-types.js';
import { freeSpotOn, widestCut, TASK, type Cut } from './room-on-flow.js';

type SpaceTool = {
  calculateAdjustments: (
    elements: DiagramElement[],
    axis: 'x' | 'y',
    delta: number,
    start: number,
  ) => { movingShapes: DiagramElement[]; resizingShapes: DiagramElement[] };
  makeSpace: (
    moving: DiagramElement[],
    resizing: DiagramElement[],
    delta: Point,
    direction: string,
    start: number,
  ) => void;
};
type ElementFactory = { createShape: (attributes: object) => DiagramElement };
type InsertContext = { flow?: DiagramElement; before?: DiagramElement; name: string; step?: DiagramElement };

const COMMAND = 'studio.insertStep';

/** One undoable command: makes room where there is none, puts a user task on a flow and joins it on both sides. */
class InsertStepHandler {
  static $inject = ['modeling', 'spaceTool', 'elementFactory', 'elementRegistry', 'canvas'];

  constructor(
    private readonly modeling: Modeling,
    private readonly spaceTool: SpaceTool,
    private readonly elementFactory: ElementFactory,
    private readonly elementRegistry: ElementRegistry,
    private readonly canvas: Canvas,
  ) {}

  preExecute(context: InsertContext): void {
    if (context.flow) context.step = this.insertOnFlow(context.flow, context.name);
    else if (context.before) context.step = this.insertBefore(context.before, context.name);
  }

  private insertOnFlow(flow: DiagramElement, name: string): DiagramElement {
    const spot =
      freeSpotOn(flow.waypoints ?? [], this.obstaclesOf(flow)) ?? this.makeRoom(widestCut(flow.waypoints ?? []));
    return this.modeling.createShape(this.newTask(name), spot, flow);
  }

  /** Several flows lead to the step: all of them lead to the new one instead, and one flow goes on from there. */
  private insertBefore(step: DiagramElement, name: string): DiagramElement {
    const center = { x: step.x, y: step.y + step.height / 2 };
    const spot = this.makeRoom({ axis: 'x', at: step.x - 1, center, length: 0 });
    const task = this.modeling.createShape(this.newTask(name), spot, step.parent!);
    for (const flow of step.incoming.filter(isSequenceFlow)) this.modeling.reconnectEnd(flow, task, mid(task));
    this.modeling.connect(task, step, { type: 'bpmn:SequenceFlow' });
    return task;
  }

  /** Pushes what lies behind the cut away, lanes and pools grow with it; gives the middle of the gap. */
  private makeRoom({ axis, at, center, length }: Cut): Point {
    const size = axis === 'x' ? TASK.width : TASK.height;
    const delta = Math.ceil((size + 2 * TASK.gap - length) / 10) * 10;
    const { movingShapes, resizingShapes } = this.spaceTool.calculateAdjustments(
      this.elementsOnPlane(),
      axis,
      delta,
      at,
    );
    const shift = axis === 'x' ? { x: delta, y: 0 } : { x: 0, y: delta };
    this.spaceTool.makeSpace(movingShapes, resizingShapes, shift, axis === 'x' ? 'e' : 's', at);
    return { x: center.x + shift.x / 2, y: center.y + shift.y / 2 };
  }

  private newTask(name: string): DiagramElement {
    const task = this.elementFactory.createShape({ type: 'bpmn:UserTask' });
    task.businessObject.name = name;
    return task;
  }

  /** What is drawn where the administrator works; each plane has coordinates of its own. */
  private elementsOnPlane(): DiagramElement[] {
    const plane = this.canvas.getRootElement();
    return this.elementRegistry.filter((element) => element !== plane && this.canvas.findRoot(element) === plane);
  }

  private obstaclesOf(flow: DiagramElement): Bounds[] {
    return this.elementsOnPlane().filter(
      (element) => !element.waypoints && !isAround(element, flow) && !/Lane$|Participant$/.test(element.type),
    );
  }
}

function isAround(element: DiagramElement, flow: DiagramElement): boolean {
  for (let parent = flow.parent; parent; parent = parent.parent) if (parent === element) return true;
  return false;
}

function mid({ x, y, width, height }: Bounds): Point {
  return { x: x + width / 2, y: y + height / 2 };
}

export type StepInserter = {
  /** Inserts on a selected flow, or before or after a selected step; selects the new step. */
  insert: (place: InsertPlace, name: string) => DiagramElement | undefined;
};
export type InsertPlace = { flow: DiagramElement } | { before: DiagramElement } | { after: DiagramElement };

class StepInserterService implements StepInserter {
  static $inject = ['commandStack', 'selection'];

  constructor(
    private readonly commandStack: CommandStack,
    private readonly selection: Selection,
  ) {
    commandStack.registerHandler(COMMAND, InsertStepHandler);
  }

  insert(place: InsertPlace, name: string): DiagramElement | undefined {
    const context: InsertContext = { ...resolve(place), name };
    if (!context.flow && !context.before) return undefined;
    this.commandStack.execute(COMMAND, context);
    if (context.step) this.selection.select(context.step);
    return context.step;
  }
}

function resolve(place: InsertPlace): { flow?: DiagramElement; before?: DiagramElement } {
  if ('flow' in place) return place;
  if ('after' in place) return onlyFlow(place.after.outgoing);
  const incoming = place.before.incoming.filter(isSequenceFlow);
  return incoming.length > 1 ? { before: place.before } : onlyFlow(incoming);
}

function onlyFlow(flows: DiagramElement[]): { flow?: DiagramElement } {
  const [flow, ...others] = flows.filter(isSequenceFlow);
  return flow && others.length === 0 ? { flow } : {};
}

export function canInsert(place: InsertPlace): boolean {
  return Object.keys(resolve(place)).length > 0;
}

/** Where a step could go for what is selected; nothing when it is neither a flow nor a step. */
export function placesFor(selected: DiagramElement[]): InsertPlace[] {
  const [element, ...others] = selected;
  if (!element || others.length > 0) return [];
  if (isSequenceFlow(element)) return [{ flow: element }];
  if (!isFlowNode(element)) return [];
  return [{ before: element }, { after: element }].filter(canInsert);
}

export const insertStepModule = {
  __init__: ['stepInserter'],
  stepInserter: ['type', StepInserterService],
};
