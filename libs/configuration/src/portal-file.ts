/** `portal.json`: the pages of who comes without an account. */
export interface PortalFile {
  readonly title: string;
  readonly titleEn?: string;
  readonly organization?: string;
  readonly introduction?: string;
  readonly promise?: string;
  readonly privacy?: string;
  /** What records call somebody who acts with a tracking code. */
  readonly visitor?: string;
  readonly exitUrl?: string;
  readonly entries: readonly PortalEntry[];
  readonly tracking?: {
    readonly states: Readonly<Record<string, PublicState>>;
    /** The state of a case that was ended from outside its course. */
    readonly terminated?: string;
    /** Open variables that the newest instance of the case tells which holds a value of them, also an ended one. */
    readonly latest?: readonly string[];
    readonly actions?: readonly PortalAction[];
    readonly requests?: readonly PortalRequest[];
  };
  readonly rights?: readonly { readonly title: string; readonly text: string }[];
  readonly figures?: boolean;
  /** Ledgers that everybody may read, as pages of their own. */
  readonly pages?: readonly PortalPage[];
  readonly [more: string]: unknown;
}

export interface PortalEntry {
  readonly id: string;
  readonly title: string;
  readonly titleEn?: string;
  readonly description?: string;
  readonly processId: string;
  readonly startMessage?: string;
  readonly formId: string;
  readonly receipt?: string;
  readonly tracking?: boolean;
  /** FEEL over the form: where true the petitioner is asked for a PIN. */
  readonly pinWhen?: string;
  /** Another process that takes the filled form in: the first whose FEEL over the form is true. */
  readonly routes?: readonly PortalRoute[];
  readonly [more: string]: unknown;
}

export interface PortalRoute {
  readonly when: string;
  readonly processId: string;
  readonly startMessage?: string;
}

/** What the petitioner reads of a state; `sentence`, `late` and `next` are Handlebars templates over open variables. */
export interface PublicState {
  readonly label: string;
  /** What staff read in its place, where `label` speaks to who follows the case. */
  readonly recordLabel?: string;
  readonly sentence: string;
  /** Variable with the moment until when something is to happen. */
  readonly due?: string;
  /** In place of `sentence` once that moment has passed. */
  readonly late?: string;
  readonly next?: string;
  readonly [more: string]: unknown;
}

/**
 * What who follows a case may do there. Publishes `message` with the form's values, correlated by the case number; a
 * process that it starts joins the case, unless its process is a case itself: then what the form seals belongs to that one.
 */
export interface PortalAction {
  readonly id: string;
  readonly title: string;
  readonly description?: string;
  readonly message: string;
  readonly formId: string;
  /** Public states in which it is offered; absent: in all. */
  readonly states?: readonly string[];
  /** FEEL over the open variables of the case: offered where true. */
  readonly when?: string;
  /** Offered only while an instance of the case waits for the message. */
  readonly waits?: boolean;
  /** Each one starts an instance of its own, also while an earlier one runs: the message has no correlation key. */
  readonly startsEach?: boolean;
  /** What the message carries beside the form: by name, FEEL over the open variables of the case. */
  readonly variables?: Readonly<Record<string, string>>;
  /** What the form already holds when it is opened: by field, FEEL over the open variables of the case. */
  readonly prefill?: Readonly<Record<string, string>>;
  /** Field whose text stands in the conversation about the case. */
  readonly thread?: string;
  /** What is said when it has arrived. */
  readonly done?: string;
  /** The case of its own that it starts gets a tracking code, told with the answer. */
  readonly tracking?: boolean;
  /** Another action that is offered with the answer, where its FEEL over the filled form is true; nothing of that is kept. */
  readonly offers?: readonly PortalOffer[];
  readonly [more: string]: unknown;
}

export interface PortalOffer {
  readonly when: string;
  readonly action: string;
  readonly text: string;
}

/**
 * What who follows a case asked for beside it: each instance of the process in the case, with where it stands. Its actions
 * publish their message to that instance alone, correlated by its `key`.
 */
export interface PortalRequest {
  readonly id: string;
  readonly title: string;
  readonly processId: string;
  /** Open variable of the instance with a text that no other has: the correlation key of what its actions publish. */
  readonly key: string;
  /** The first whose FEEL over the open variables of the instance is true is shown; where none is, the request is not. */
  readonly states: readonly RequestState[];
  readonly actions?: readonly PortalAction[];
}

/** `sentence` is a template over the open variables of the instance. */
export interface RequestState {
  readonly when: string;
  readonly label: string;
  readonly sentence: string;
}

/** Rows of a ledger that names the role `portal` as a reader. */
export interface PortalPage {
  readonly id: string;
  readonly title: string;
  readonly titleEn?: string;
  readonly description?: string;
  readonly ledger: string;
  /** Columns in their order; absent: all that the portal sees. */
  readonly columns?: readonly string[];
  /** `cards`: one section for each row, its first column as the heading. */
  readonly layout?: 'cards' | 'table';
  /** Column of days or moments: only rows of today and later are shown, the soonest first. */
  readonly upcoming?: string;
  /** Columns that rows have in common: shown once above those that follow each other with the same values. */
  readonly group?: readonly string[];
  /** The way from each row to an entry, such as a booking of that day. */
  readonly entry?: PageEntry;
}

export interface PageEntry {
  readonly id: string;
  /** What the way is called in a row; absent: by the title of the entry. */
  readonly title?: string;
  readonly titleEn?: string;
  /** FEEL over the columns of the row: the way is open where true; absent: always. */
  readonly when?: string;
  /** Text fields that the entry's form holds when it is opened from the row: by field, FEEL over its columns. */
  readonly prefill?: Readonly<Record<string, string>>;
  /** What stands there in its place where it is not open. */
  readonly otherwise?: string;
}
