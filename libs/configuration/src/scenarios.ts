/** One example of a process that is a test at once (`workflows/<id>/<id>.scenarios.json` holds a list of these). */
export interface Scenario {
  readonly name: string;
  /** Clauses of the rules that it proves. */
  readonly clauses?: readonly string[];
  readonly start: ScenarioStart;
  readonly steps?: readonly ScenarioStep[];
  readonly expect?: ScenarioExpectation;
}

export interface ScenarioStart {
  /** Exactly one of `process` and `message` names what is started. */
  readonly process?: string;
  readonly message?: string;
  /** Account that starts it; absent: the petitioner on the portal. */
  readonly as?: string;
  readonly variables?: Readonly<Record<string, unknown>>;
  /** Form whose values are sent, with its classes and checks. */
  readonly form?: string;
  readonly values?: Readonly<Record<string, unknown>>;
  /** ISO 8601 date and time with offset; the clock stands there. */
  readonly at: string;
}

export type ScenarioAction = 'complete' | 'message' | 'advance' | 'throwError' | 'submit' | 'reveal';

export interface ScenarioStep {
  readonly do: ScenarioAction;
  /** Account that acts. */
  readonly as?: string;
  /** Element id of the task, or the room action. */
  readonly element?: string;
  /** Message name of `message`. */
  readonly message?: string;
  readonly correlationKey?: string;
  /** Form, portal entry or launcher of `submit`; field of `reveal`. */
  readonly form?: string;
  readonly field?: string;
  readonly reason?: string;
  readonly errorCode?: string;
  readonly values?: Readonly<Record<string, unknown>>;
  /** ISO 8601 duration of `advance`, such as `P1D`. */
  readonly by?: string;
  /** ISO 8601 date and time with offset to which `advance` moves the clock, in place of `by`. */
  readonly to?: string;
  readonly expect?: ScenarioExpectation;
}

/** Rows of the scenario's instances in a ledger, as an account sees them. */
export interface ScenarioLedger {
  readonly ledger: string;
  readonly as: string;
  /** Default 1. */
  readonly rows?: number;
  /** Cells that one of the rows must have, by column, as the page shows them. */
  readonly cells?: Readonly<Record<string, unknown>>;
}

export interface ScenarioExpectation {
  /** Elements that are active. */
  readonly elements?: readonly string[];
  readonly tasks?: readonly ScenarioTask[];
  readonly variables?: Readonly<Record<string, unknown>>;
  /** Document ids that were made. */
  readonly documents?: readonly string[];
  readonly ledgers?: readonly ScenarioLedger[];
  readonly refused?: { readonly status: number; readonly code?: string };
  /** Accounts that neither find nor open the instance. */
  readonly notVisibleTo?: readonly string[];
  readonly state?: 'active' | 'completed' | 'terminated';
}

export interface ScenarioTask {
  readonly element: string;
  readonly candidates?: readonly string[];
  /** ISO 8601 date and time, or a date for that whole day. */
  readonly due?: string;
}
