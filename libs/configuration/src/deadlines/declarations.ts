/** Shapes of `workflows/deadlines.json`; texts that begin with `=` are FEEL over the facts of an instance. */

/** What is counted: an instance of a process, each of its tasks of one element, or each item of a list. */
export interface DeadlineSubject {
  readonly process: string;
  /** Element id of a user task. */
  readonly task?: string;
  /** FEEL list of which each entry has a deadline of its own, as `item`. */
  readonly each?: string;
  /** FEEL that names an item; default: its place in the list. */
  readonly key?: string;
  /** FEEL: whether there is a deadline at all; default: yes. */
  readonly when?: string;
  /** FEEL moment since which it counts, null while it does not yet; default: creation of the task, start of the instance. */
  readonly from?: string;
  /** FEEL moment at which it was done, or true; default: end of the task or of the instance. */
  readonly until?: string;
  /** FEEL id of the unit that must act; default: that of the task. */
  readonly unit?: string;
}

export interface DeadlineNotice {
  /** FEEL list of roles (with `@unit` where wanted) and accounts. */
  readonly to: string;
  /** A text, or FEEL that gives one. */
  readonly text: string;
}

export interface DeadlineMessage {
  readonly name: string;
  readonly correlationKey: string;
  readonly variables?: Readonly<Record<string, unknown>>;
}

export interface DeadlineStart {
  readonly processId: string;
  readonly variables?: Readonly<Record<string, unknown>>;
}

/** What happens at a mark: one of the three. */
export interface DeadlineAct {
  readonly notify?: DeadlineNotice;
  readonly message?: DeadlineMessage;
  readonly start?: DeadlineStart;
}

export interface DeadlineMark {
  /** A share of the time (above 0, up to 1), or `after 5W`, `before 3D`: a period after or before the due date. */
  readonly at: number | string;
  readonly do: DeadlineAct;
}

export interface DeadlineDeclaration {
  readonly id: string;
  readonly title: string;
  readonly of: DeadlineSubject;
  /** `15W` (working days), `60D` (calendar days), an ISO 8601 duration, or FEEL that gives such a text. */
  readonly period?: string;
  /** FEEL moment, in place of `period`. */
  readonly due?: string;
  /** Ids of elements during which the period stands still. */
  readonly pause?: readonly string[];
  /** A publication never moves it later. */
  readonly statutory?: boolean;
  /** What one wants to reach before a limit: its marks are performed, but it is no deadline that can be missed, nor counted as one. */
  readonly goal?: boolean;
  readonly marks?: readonly DeadlineMark[];
  /** The rule it comes from. */
  readonly clause?: string;
}
