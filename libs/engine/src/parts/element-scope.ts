import type { BpmnElement, FlowIndex } from '#bpmn';
import type { FeelScope } from '#feel';
import type { EventBody } from '../events.js';
import { expected } from '../lifecycle.js';
import type { ElementInstance, Key, Variables } from '../state.js';
import { adHocScopeOf, collectAdHocOutput, endsAdHoc } from './ad-hoc.js';
import { askWorkerAgain } from './ad-hoc-worker.js';
import { isCompensable } from './compensable.js';
import { throwError, type ThrownError } from './errors.js';
import type { Execution, TransitionDetails } from './execution.js';
import { raiseIncident } from './incidents.js';
import { success, type ElementProblem } from './result.js';
import { closeSubscriptions, openSubscriptions } from './subscriptions.js';
import { beginCompleting } from './activation.js';
import { completeScopeIfDone, takeFlow } from './tokens.js';
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
    return new VariableScope(this.execution, this.key);
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
    if (items) this.#transition('activated', { items });
    else this.#transition('activated');
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
    const { instance, execution, element } = this;
    const adHoc = adHocScopeOf(execution, instance);
    const collected = adHoc ? collectAdHocOutput(adHoc, this) : success(undefined);
    if (!collected.ok) return this.incident(collected.problem);
    this.closeSubscriptions();
    if (isCompensable(execution, element, instance)) this.#transition('completed', { isCompensable: true });
    else this.#transition('completed');
    if (adHoc && endsAdHoc(execution, adHoc)) return;
    if (flows.length > 0) return this.#leave(flows, instance);
    if (adHoc && element.linkTarget === undefined && instance.compensates === undefined)
      askWorkerAgain(new ElementScope(execution, execution.elementOf(adHoc), adHoc.key));
    completeScopeIfDone(execution, instance.flowScopeKey);
  }

  /** Ends one instance of a loop activity; its body goes on. */
  endInner(more: { readonly output?: unknown }): void {
    const isRecorded = isCompensable(this.execution, this.element, this.instance);
    this.closeSubscriptions();
    this.#transition('completed', { ...more, ...(isRecorded && { isCompensable: true }) });
  }

  /** Tokens leave before the element ends: what it throws is still worked off. */
  leaveBeforeEnd(flows: readonly FlowIndex[]): void {
    this.#leave(flows, this.instance);
  }

  #leave(flows: readonly FlowIndex[], { flowScopeKey }: ElementInstance): void {
    const scopeKey = expected(flowScopeKey, `flow scope of ${this.element.id}`);
    for (const flow of flows) {
      for (let count = this.element.completionQuantity ?? 1; count > 0; count -= 1)
        takeFlow(this.execution, flow, scopeKey);
    }
  }

  /** Goes to `activated` without listening to anything. */
  activateSilently(): void {
    this.#transition('activated');
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

  #transition(to: 'activated' | 'completing' | 'completed', more?: TransitionDetails): void {
    this.execution.transition(this.key, this.element.id, to, more);
  }
}
