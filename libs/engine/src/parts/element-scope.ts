import type { BpmnElement, FlowIndex } from '#bpmn';
import type { FeelScope } from '#feel';
import type { EventBody } from '../events.js';
import { expected } from '../lifecycle.js';
import type { ElementInstance, Key, Variables } from '../state.js';
import { throwError, type ThrownError } from './errors.js';
import type { Execution } from './execution.js';
import { raiseIncident } from './incidents.js';
import type { ElementProblem } from './result.js';
import { closeSubscriptions, openSubscriptions } from './subscriptions.js';
import { beginCompleting, completeScopeIfDone, takeFlow } from './tokens.js';
import { VariableScope } from './variables.js';

/** What a behavior may do with the element instance it is asked about. */
export class ElementScope {
  constructor(
    readonly execution: Execution,
    readonly element: BpmnElement,
    readonly key: Key,
  ) {}

  get instance(): ElementInstance {
    return this.execution.instance(this.key);
  }

  get flowScopeKey(): Key {
    return expected(this.instance.flowScopeKey, `flow scope of ${this.element.id}`);
  }

  get variables(): FeelScope {
    return new VariableScope(this.execution.state, this.key);
  }

  get ownVariables(): Variables {
    return this.execution.state.variables.get(this.key) ?? {};
  }

  emit(event: EventBody): void {
    this.execution.emit(event);
  }

  /** Opens the subscriptions and goes to `activated`; false, with an incident, where an expression of them fails. */
  wait(items?: readonly unknown[]): boolean {
    const opened = openSubscriptions(this.execution, this.element, this.instance);
    if (!opened.ok) {
      this.incident(opened.problem);
      return false;
    }
    this.#transition('activated', items && { items });
    return true;
  }

  /** Goes through without waiting; output mappings and outgoing flows follow in their turn. */
  pass(): void {
    this.#transition('activated');
    this.startCompleting();
  }

  startCompleting(): void {
    beginCompleting(this.execution, this.instance);
  }

  /** Goes through and leaves by exactly these flows, all at once. */
  completeVia(flows: readonly FlowIndex[]): void {
    this.#transition('activated');
    this.#transition('completing');
    this.complete(flows);
  }

  /** The last step of an element in `completing`: its instance ends, tokens leave. */
  complete(flows: readonly FlowIndex[]): void {
    const { instance, execution } = this;
    this.closeSubscriptions();
    this.#transition('completed');
    for (const flow of flows)
      takeFlow(execution, flow, expected(instance.flowScopeKey, `flow scope of ${this.element.id}`));
    if (flows.length === 0) completeScopeIfDone(execution, instance.flowScopeKey);
  }

  closeSubscriptions(): void {
    closeSubscriptions(this.execution, this.instance);
  }

  /** Stops here until somebody resolves the incident; then the same step is tried again. */
  incident(problem: ElementProblem): void {
    raiseIncident(this.execution, this.instance, problem);
  }

  throwError(error: ThrownError): void {
    if (throwError(this.execution, this.key, error)) return;
    const message = `Expected an error event to catch "${error.errorCode}" but none does.${error.errorMessage ? ` ${error.errorMessage}` : ''}`;
    this.incident({ errorType: 'UNHANDLED_ERROR_EVENT', message });
  }

  #transition(
    to: 'activated' | 'completing' | 'completed',
    more: { readonly items?: readonly unknown[] } | undefined = undefined,
  ): void {
    const { key: elementInstanceKey, element, execution } = this;
    execution.emit({
      type: 'elementTransitioned',
      elementInstanceKey,
      elementId: element.id,
      to,
      ...more,
      at: execution.now,
    });
  }
}
