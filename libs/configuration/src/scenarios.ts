/** One example of a process that is a test at once (`workflows/<id>/<id>.scenarios.json` holds a list of these). */
export interface Scenario {
  readonly name: string;
  /** Clauses of the rules that it proves. */
  readonly clauses?: readonly string[];
  /** Numbers of the acceptance scenarios of the specification that it proves. */
  readonly acceptance?: readonly string[];
  readonly start: ScenarioStart;
  readonly steps?: readonly ScenarioStep[];
  readonly expect?: ScenarioExpectation;
}

export interface ScenarioOpening {
  /** Exactly one of `process` and `message` names what is started. */
  readonly process?: string;
  readonly message?: string;
  /** Account that starts it; absent: the petitioner on the portal. */
  readonly as?: string;
  readonly variables?: Readonly<Record<string, unknown>>;
  /** Form whose values are sent, with its classes and checks. */
  readonly form?: string;
  readonly values?: Readonly<Record<string, unknown>>;
}

export interface ScenarioStart extends ScenarioOpening {
  /** ISO 8601 date and time with offset; the clock stands there. */
  readonly at: string;
  /** What `schedules.json` starts is started too, counted from there; absent: it is left out. */
  readonly schedules?: boolean;
}

export type ScenarioAction =
  'complete' | 'message' | 'advance' | 'throwError' | 'submit' | 'reveal' | 'start' | 'follow' | 'publish';

/** A changed file of `publish`: in a JSON file the value at a pointer, in any other a text that stands there once. */
export type ScenarioChange =
  | { readonly file: string; readonly pointer: string; readonly value: unknown }
  | { readonly file: string; readonly find: string; readonly put: string };

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
  /** Other cases of `start`; where texts of its values hold `${case}`, the name of the case stands there. */
  readonly start?: ScenarioOpening;
  /**
   * Names of the cases that the step is done for, one after the other; the last is followed from here on. The
   * scenario's own start is `first`. Absent: the case that is followed.
   */
  readonly cases?: readonly string[];
  /** Of `follow`: the newest instance of this process, in place of a case, with these open variables. */
  readonly process?: string;
  readonly variables?: Readonly<Record<string, unknown>>;
  /** What `publish` publishes, and the second person who approves it where that is needed. */
  readonly changes?: readonly ScenarioChange[];
  readonly approvedBy?: string;
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

/** A made document and what it says, read by an account or, without one, by the petitioner. */
export interface ScenarioDocument {
  readonly id: string;
  readonly as?: string;
  readonly has?: readonly string[];
  readonly lacks?: readonly string[];
}

/** The figure of one period of an indicator, as an account sees it. */
export interface ScenarioIndicator {
  readonly indicator: string;
  readonly as: string;
  /** `2026-03`, `2026-Q1` or `2026`. */
  readonly period: string;
  readonly numerator?: number | null;
  readonly denominator?: number | null;
  /** From 0 to 1. */
  readonly rate?: number | null;
  readonly mean?: number | null;
  readonly p90?: number | null;
  /** Percentage points. */
  readonly difference?: number | null;
}

/** The case as the petitioner follows it. Texts must occur in what is shown. */
export interface ScenarioTracking {
  readonly label?: string;
  readonly sentence?: string;
  /** Labels of the course, oldest first. */
  readonly timeline?: readonly string[];
  /** Titles of letters. */
  readonly documents?: readonly string[];
  /** How often protected content was opened. */
  readonly reveals?: number;
  /** Ids of what can be done, in any order. */
  readonly actions?: readonly string[];
  /** What was asked for beside the case, as `label：sentence`, the oldest first. */
  readonly requests?: readonly string[];
}

/** A notice that an account finds. */
export interface ScenarioNotice {
  readonly as: string;
  readonly text: string;
  /** Default: at least one. */
  readonly count?: number;
}

/** An open deadline of the case, as an account finds it. */
export interface ScenarioDeadline {
  readonly deadline: string;
  readonly as: string;
  readonly lamp?: 'normal' | 'near' | 'urgent' | 'overdue';
  /** ISO 8601 date and time, or a date for that whole day. */
  readonly due?: string;
}

/** Entries of the log of looks at protected content of the case. */
export interface ScenarioLook {
  readonly account?: string;
  readonly class?: string;
  readonly purpose?: string;
  readonly reason?: string;
  readonly count: number;
}

export interface ScenarioExpectation {
  /** Elements that are active. */
  readonly elements?: readonly string[];
  /** Elements that are not active. */
  readonly inactive?: readonly string[];
  readonly tasks?: readonly ScenarioTask[];
  readonly variables?: Readonly<Record<string, unknown>>;
  /** Documents that were made; a bare text is an id. */
  readonly documents?: readonly (string | ScenarioDocument)[];
  /** Texts of the page that the start gave to whoever began. */
  readonly receipt?: { readonly has?: readonly string[]; readonly lacks?: readonly string[] };
  readonly ledgers?: readonly ScenarioLedger[];
  readonly refused?: { readonly status: number; readonly code?: string };
  /** Accounts that neither find nor open the instance. */
  readonly notVisibleTo?: readonly string[];
  readonly indicators?: readonly ScenarioIndicator[];
  readonly tracking?: ScenarioTracking;
  readonly notices?: readonly ScenarioNotice[];
  readonly deadlines?: readonly ScenarioDeadline[];
  readonly looks?: readonly ScenarioLook[];
  /** How many instances of a process there are, ended ones too. */
  readonly started?: readonly { readonly process: string; readonly count: number }[];
  /** Texts of the course of the case as an account reads it, in this order; others may stand between them. */
  readonly course?: { readonly as: string; readonly has: readonly string[] };
  /** Action of the page of the case that was offered with the answer to `message`; null: none. */
  readonly offered?: string | null;
  /** What the step `reveal` showed. */
  readonly revealed?: unknown;
  /** Protected classes of which the case holds no value. */
  readonly lacksClasses?: readonly string[];
  /** Version of the process that the followed instance runs. */
  readonly version?: number;
  readonly state?: 'active' | 'completed' | 'terminated';
}

export interface ScenarioTask {
  readonly element: string;
  readonly candidates?: readonly string[];
  /** ISO 8601 date and time, or a date for that whole day. */
  readonly due?: string;
}
