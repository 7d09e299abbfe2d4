import { isSequenceFlow, type DiagramElement, type EventBus } from './bpmn-types.js';

type Provider = { registerProvider: (provider: object) => void };
type Translate = (template: string) => string;

/** Event that the page answers by inserting a step where the administrator stands. */
export const INSERT_STEP_EVENT = 'studio.insertStepAsked';

/** Puts 「插入办理步骤」 into the palette and on the pad beside a selected flow. */
class StudioEntries {
  static $inject = ['palette', 'contextPad', 'eventBus', 'translate'];

  constructor(
    palette: Provider,
    contextPad: Provider,
    private readonly eventBus: EventBus,
    private readonly translate: Translate,
  ) {
    palette.registerProvider(this);
    contextPad.registerProvider(this);
  }

  getPaletteEntries(): object {
    return { 'studio-insert-step': this.entry('studio.insertStep') };
  }

  getContextPadEntries(element: DiagramElement): object {
    return isSequenceFlow(element) ? { 'studio-insert-step': this.entry('studio.insertStepHere') } : {};
  }

  private entry(title: string): object {
    return {
      group: 'tools',
      className: 'bpmn-icon-user-task ct-insert-entry',
      title: this.translate(title),
      action: { click: () => this.eventBus.fire(INSERT_STEP_EVENT) },
    };
  }
}

export const studioEntriesModule = { __init__: ['studioEntries'], studioEntries: ['type', StudioEntries] };
