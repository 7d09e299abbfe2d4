import type { Named, SealedFacts, SealedHandle } from './named-types.js';
import type { TaskAction, TaskNote, TaskTurn, TurnKind } from './task-action-types.js';

export type * from './named-types.js';
export type * from './task-action-types.js';
export type * from './timeline-types.js';

export type User = Named & { unit: Named | null; roles: Named[]; permissions: string[]; mustChangePassword: boolean };
export type Session = { user: User | null; csrfToken: string | null };

export type Reference = {
  organization: { name: string };
  units: (Named & { parent: string | null })[];
  roles: Named[];
  posts: Named[];
  dictionaries: Record<string, { value: string | number; label: string; labelEn?: string }[]>;
  demo: boolean;
  demoAccounts?: Named[];
  language?: string;
};

export type LampColor = 'normal' | 'near' | 'urgent' | 'overdue';

export type TaskRow = {
  userTaskKey: string;
  name: string;
  elementId: string;
  processInstanceKey: string;
  processId: string;
  processName: string;
  caseNo: string | null;
  title: string;
  assignee: Named | null;
  /** Whom the reader stands in for in this task. */
  inPlaceOf?: Named;
  /** Why the reader may not do it although it is a candidate. */
  notYours?: string;
  unit: Named | null;
  createdAt: string;
  dueAt: string | null;
  completedAt: string | null;
  state: string;
  lamp: LampColor;
  drill: boolean;
};

export type TaskPage = {
  items: TaskRow[];
  nextCursor: string | null;
  total: number;
  counts: { mine: number; claimable: number; done: number; overdue: number };
};

export type JsonSchema = { [key: string]: unknown };
export type FormPage = { title?: string; fields: string[]; more?: string[] };
export type FormUi = {
  pages?: FormPage[];
  widgets?: Record<string, string>;
  help?: Record<string, string>;
  submit?: string;
  readonly?: string[];
};
export type FormFile = {
  id: string;
  title: string;
  titleEn?: string;
  schema: JsonSchema;
  ui?: FormUi;
  version?: number;
};
export type FormData = Record<string, unknown>;

export type DocumentRow = {
  id: string;
  key: string | null;
  title: string;
  at: string | null;
  needsReason: boolean;
  word: boolean;
};

export type PreviousStep = {
  taskName: string;
  by: Named | null;
  at: string;
  summary: { label: string; value: unknown }[];
};

/** A case of the same matter by somebody else, which whoever looks may open. */
export type RelatedCase = { processInstanceKey: string; caseNo: string | null };

export type TaskDetail = {
  task: TaskRow;
  form: FormFile | null;
  data: FormData;
  sealed: SealedFacts;
  context: FormData;
  /** Who can be chosen in fields that ask for people; null: no field asks. */
  accounts: Named[] | null;
  /** What may be started beside the form; `field` takes the number of what was started. */
  launches: { field: string; launcher: Launcher; data: FormData }[];
  next: string | null;
  canComplete: boolean;
  canClaim: boolean;
  previous: PreviousStep[];
  relatedCases: RelatedCase[];
  documents: DocumentRow[];
  draftSavedAt: string | null;
  drill: boolean;
  owner: Named | null;
  /** Kind of the turn of whoever looks; null: it is not theirs. */
  turn: TurnKind | null;
  actions: { action: TaskAction; isPossible: boolean; why: string | null }[];
  turns: TaskTurn[];
  comments: TaskNote[];
  copies: TaskNote[];
};

export type Launcher = {
  id: string;
  title: string;
  next?: string | null;
  style?: string;
  notifies?: Named[];
  confirm?: { text: string } | string | null;
  drillField?: string | null;
  room?: boolean;
};
export type LauncherDetail = { launcher: Launcher; form: FormFile | null; data: FormData; accounts: Named[] | null };
export type Launched = {
  processInstanceKey: string;
  caseNo: string | null;
  trackingCode?: string;
  receiptHtml?: string;
  room?: boolean;
  /** To whom the tracking code is given and how; null where nothing of its own is said. */
  handOver?: string | null;
};

export type RoomAction = { id: string; title: string; message?: string; formId?: string; form?: FormFile | null };
export type RoomTimer = { elementId: string; name: string; dueAt: string };
export type RoomConfig = {
  title: string;
  clockFrom?: string;
  clockFromAt?: string | null;
  hasLevel?: boolean;
  level?: string | null;
  levelLabel?: string | null;
  countdown?: string[];
  timers?: RoomTimer[];
  facts?: { variable: string; label: string; deadline?: boolean; value?: unknown }[];
  actions?: RoomAction[];
};

/** `canOpen`: it is open and for whoever looks. */
export type InstanceTask = TaskRow & { candidates?: Named[]; canOpen: boolean };
export type PublicState = { id: string; label: string; sentence?: string };

export type InstanceDetail = {
  processInstanceKey: string;
  processId: string;
  processName: string;
  version: number;
  caseNo: string | null;
  title: string;
  state: string;
  startedAt: string;
  endedAt: string | null;
  suspendedAt: string | null;
  /** Somebody waits for an answer: it is changed from outside with a reason and by two. */
  isCase: boolean;
  drill: boolean;
  publicState: PublicState | string | null;
  facts: { label: string; value: unknown }[];
  relatedCases: RelatedCase[];
  sealed: SealedFacts;
  tasks: InstanceTask[];
  documents: DocumentRow[];
  room: RoomConfig | null;
  thread: { key: string; at: string; fromVisitor: boolean; text: SealedHandle }[];
};

export type Diagram = { xml: string; active: string[]; completed: string[]; incidents: string[] };

export type InstanceRow = {
  processInstanceKey: string;
  processId: string;
  processName: string;
  version: number;
  caseNo: string | null;
  title: string;
  state: string;
  startedAt: string;
  endedAt: string | null;
  drill?: boolean;
  hasIncident?: boolean;
};
export type Paged<T> = { items: T[]; nextCursor: string | null; total?: number };

export type Supervision = {
  at: string;
  units: { unit: Named | null; overdue: number; urgent: number; near: number; open: number; items: TaskRow[] }[];
  totals?: { overdue: number; urgent: number; near: number; open: number };
  incidents?: { processInstanceKey: string; elementId?: string; message?: string; title?: string; at?: string }[];
  unattended: {
    userTaskKey: string;
    processInstanceKey: string;
    name: string;
    caseNo: string | null;
    candidates: Named[];
    /** Why it is kept from everybody. */
    problem: string | null;
  }[];
  supervisions: {
    processInstanceKey?: string;
    caseNo: string;
    level: string;
    unit: Named | string | null;
    at: string;
    state: string;
    drill?: boolean;
  }[];
};

export type AccessEntry = {
  at: string;
  account: Named | null;
  role: string | Named;
  class: string;
  field: string;
  caseNo: string | null;
  reason: string;
};

export type Account = Named & {
  unit: Named | string | null;
  roles: (Named | string)[];
  posts: Named[];
  disabled?: boolean;
};

export type PortalEntry = {
  id: string;
  title: string;
  titleEn?: string;
  description?: string;
  pinWhen?: string;
  receipt?: string;
};
export type Portal = {
  title: string;
  titleEn?: string;
  organization?: string;
  introduction?: string;
  promise?: string;
  privacy?: string;
  exitUrl?: string;
  entries: PortalEntry[];
  pages: { id: string; title: string; titleEn?: string; description?: string }[];
  rights?: { title: string; text: string }[];
};
export type PortalEntryDetail = { entry: PortalEntry; form: FormFile; contextTime: string };
export type Receipt = {
  caseNo: string | null;
  trackingCode?: string;
  receiptHtml?: string;
  state?: { label: string; sentence: string };
};
export type Attachment = { id: string; name: string; size: number; type: string };
export type FieldProblem = { path: string; message: string };

export type Notice = {
  noticeKey: string;
  text: string;
  createdAt: string;
  /** What it tells of, where the account may see it. */
  processInstanceKey: string | null;
};

export type * from './operation-types.js';
export type * from './public-types.js';
