import type { CompiledExpression } from '#feel';

export interface AdHoc {
  readonly ordering: 'parallel' | 'sequential';
  readonly completionCondition?: CompiledExpression;
  /** Whether what still runs ends when the completion condition holds. Default true. */
  readonly cancelRemainingInstances: boolean;
  /** `zeebe:adHoc activeElementsCollection`: ids of the elements to start with. */
  readonly activeElementsCollection?: CompiledExpression;
  readonly outputCollection?: string;
  readonly outputElement?: CompiledExpression;
  /** Where a job worker decides what is done: what it can choose, as it reads it. */
  readonly activatable?: readonly ActivatableElement[];
}

/** Source: Camunda 8, "Ad-hoc sub-processes", "Special ad-hoc sub-process variables". */
export interface ActivatableElement {
  readonly elementId: string;
  readonly elementName?: string;
  readonly documentation?: string;
  /** `zeebe:properties` */
  readonly properties?: Readonly<Record<string, string>>;
}
