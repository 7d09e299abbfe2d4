import type { ScheduleRule } from '#calendar';
import type { Authorizations } from './authorizations.js';
import type { PortalRoute } from './portal-file.js';

export type * from './portal-file.js';
export type * from './rooms-file.js';

/** Shapes of the JSON files under `workflows/`. The platform knows no word of any trade; all of that stands in these files. */

export interface OrganizationFile {
  readonly name: string;
  readonly units: readonly Unit[];
  readonly posts?: readonly Post[];
  /** Who gets a task that none of its candidates can do; the first that fits is tried first. */
  readonly fallback?: readonly FallbackRule[];
  /** Where it is missing, nobody can be recused. */
  readonly recusal?: RecusalRule;
  /** Demo accounts, created with `DEMO=true` alone; their names are posts, never persons. */
  readonly accounts?: readonly DemoAccount[];
}

export interface Unit {
  readonly id: string;
  readonly name: string;
  readonly parent?: string;
  /** Stands outside of the organization, such as a superior office. */
  readonly external?: boolean;
}

/** A place in a unit that somebody holds; who does is data of the database. It gives its roles in its unit. */
export interface Post {
  readonly id: string;
  readonly name: string;
  readonly unit: string;
  readonly roles: readonly string[];
}

export interface FallbackRule {
  /** Tasks whose candidates have one of these roles; absent: all tasks but those of a role with the permission `exclusive`. */
  readonly roles?: readonly string[];
  /** Tasks of these processes alone, exclusive ones as well; such rules are looked at first. */
  readonly processes?: readonly string[];
  /** Candidate groups, tried in this order. */ readonly to: readonly string[];
}

export interface RecusalRule {
  /** Sealed class in which reasons are kept. */
  readonly reasonClass: string;
}

export type PortfoliosFile = readonly Portfolio[];

/** Which post looks after a field, on the days from `from` to `until`, both included; absent: without bound. */
export interface Portfolio {
  readonly field: string;
  readonly name?: string;
  readonly post: string;
  /** Post that acts where the first one cannot. */
  readonly deputy?: string;
  /** Values that a matter may be sorted by, such as those of a dictionary. */
  readonly categories?: readonly (string | number)[];
  readonly units?: readonly string[];
  /** ISO date. */
  readonly from?: string;
  /** ISO date. */
  readonly until?: string;
}

export interface DemoAccount {
  readonly id: string;
  readonly name: string;
  readonly roles: readonly string[];
  readonly unit?: string;
  /** Ids of posts that it holds. */
  readonly posts?: readonly string[];
}

export interface RolesFile {
  readonly classes: readonly ContentClass[];
  readonly roles: readonly Role[];
  /** Variables that no decision, condition, assignment or deadline may read. Default `["anonymous"]`. */
  readonly protectedNames?: readonly string[];
  /** Paths of files whose change needs a second approver. */
  readonly protectedFiles?: readonly string[];
  /** Decision over `role` and `fieldClass` that says the same as `sees`, `seesGranted` and `seesOwn` of every role. */
  readonly seesBy?: string;
}

export interface ContentClass {
  readonly id: string;
  readonly name: string;
  /** Values are stored encrypted and never become process variables. */
  readonly sealed: boolean;
  /** Says who somebody is: no ledger has it, not even masked. */
  readonly identifies?: boolean;
}

/** `reason`: masked, and the value after a reveal that is recorded with its reason. */
export type Sight = 'none' | 'masked' | 'reason';

export interface Role {
  readonly id: string;
  readonly name: string;
  readonly unit?: string;
  readonly permissions?: readonly string[];
  /** Permissions of the Camunda 8 API beside those that `permissions` mean. */
  readonly authorizations?: Authorizations;
  /** By class id; absent: none. */
  readonly sees?: Readonly<Record<string, Sight>>;
  /** Classes that it sees with a reason in a case in which a process granted it. */
  readonly seesGranted?: readonly string[];
  /** Classes that it sees with a reason in the cases that are in its own hands (`ct.exclusive`). */
  readonly seesOwn?: readonly string[];
  /** Given by one person alone although it sees protected content; one with permissions never is. */
  readonly ordinary?: boolean;
}

/** Series by id. Numbers are drawn inside the commit, without gaps, counted per series and year. */
export type NumberingFile = Readonly<Record<string, NumberSeries>>;

export interface NumberSeries {
  readonly name: string;
  /** Text with `{yyyy}` or `{yyyyMM}` and one run of zeros in braces for the counter, such as `XF-{yyyy}-{00000}`. */
  readonly pattern: string;
}

export type DictionariesFile = Readonly<Record<string, readonly DictionaryEntry[]>>;

export interface DictionaryEntry {
  readonly value: string | number;
  readonly label: string;
  readonly labelEn?: string;
}

export type ParametersFile = Readonly<Record<string, Parameter>>;

export interface Parameter {
  readonly name: string;
  readonly value: unknown;
  readonly default?: unknown;
  readonly min?: number;
  readonly max?: number;
  /** By parameter and its value: a number that this one is at most, where that one has this value. */
  readonly maxBy?: Readonly<Record<string, Readonly<Record<string, number>>>>;
  /** The only values it may have. */
  readonly choices?: readonly (string | number | boolean)[];
  /** What people call a choice, by the choice; one without a name is shown as it is. */
  readonly choiceLabels?: Readonly<Record<string, string>>;
  /** A number that need not be whole. */
  readonly fractions?: boolean;
  /** What `min`, `max` and `choices` allow is law: a publication may narrow it, never widen it or take it away. */
  readonly statutory?: boolean;
  readonly unit?: string;
  /** The rule it comes from. */
  readonly clause?: string;
}

/** Letter with `{{organization}}`, `{{title}}`, `{{caseNo}}` and `{{link}}`. */
export interface MailTemplate {
  readonly subject: string;
  readonly text: string;
}

/** How a chat takes messages of robots, and how its answers are read. */
export interface ChatFormat {
  readonly name: string;
  /** Sent as JSON, with the message in place of `{{text}}`. */
  readonly body: Readonly<Record<string, unknown>>;
  /**
   * Where time and signature (HMAC-SHA256, Base64) stand. `query`: ms and `timestamp\nkey` under the key, in the address;
   * `body`: s and nothing under the key `timestamp\nkey`, in the body.
   */
  readonly sign: 'none' | 'query' | 'body';
  /** Members of the answer that may hold its code; 0 is delivered. */
  readonly codes: readonly string[];
  /** Codes after which it is tried again. */
  readonly again?: readonly number[];
}

/** A group that is told of notices to roles. */
export interface ChatGroup {
  /** Name under which the operator keeps address and key (`CHAT_ROBOT_<name>`). */
  readonly robot: string;
  /** Among the formats. */
  readonly format: string;
  readonly roles: readonly string[];
  /** With the names of a letter; nothing else of a case can stand in it. */
  readonly text: string;
}

export interface ChatFile {
  readonly formats: Readonly<Record<string, ChatFormat>>;
  readonly groups: readonly ChatGroup[];
}

/** The notice of a task that opened. */
export interface TaskNoticeFile {
  /** With `{{task}}` (step and case number) and `{{title}}` (procedure) alone. */
  readonly text: string;
  /** Which of several candidates are told: those that want e-mail (default), all, or none. */
  readonly candidates?: 'wanted' | 'all' | 'none';
}

/**
 * What people are told; without `mail` no notice is sent by e-mail, without `chat` to no group, without `tasks` none of
 * a new task.
 */
export interface NotificationsFile {
  readonly tasks?: TaskNoticeFile;
  readonly mail?: MailTemplate;
  readonly chat?: ChatFile;
}

export interface Launcher {
  readonly id: string;
  readonly title: string;
  /** Said beside the button: what happens after it. */
  readonly next?: string;
  readonly style?: string;
  readonly processId: string;
  readonly startMessage?: string;
  readonly formId?: string;
  /** Another process that takes the form in where its condition over what was filled in is true. */
  readonly routes?: readonly PortalRoute[];
  readonly roles: readonly string[];
  readonly receipt?: string;
  readonly tracking?: boolean;
  /** Said beside the tracking code: to whom it is given and how. FEEL over the filled form where it begins with `=`. */
  readonly handOver?: string;
  readonly confirm?: { readonly text: string };
  readonly notifies?: readonly string[];
  /** Field of the form that marks a drill. */
  readonly drillField?: string;
  /** Field of the form that names, by its number, the case that the instance joins. */
  readonly joins?: string;
  /** FEEL over the open variables of the joined case. */
  readonly variables?: Readonly<Record<string, string>>;
  readonly room?: boolean;
  readonly [more: string]: unknown;
}

/** One entry of a process folder's `documents.json`. */
export interface DocumentDeclaration {
  readonly id: string;
  readonly title: string;
  /** Path below the process folder. */
  readonly template: string;
  /** Who may open it. */
  readonly roles?: readonly string[];
  /** The petitioner may read it with the tracking code. */
  readonly portal?: boolean;
  /** Printed from the reply to a start, the only place that knows the tracking code. */
  readonly receipt?: boolean;
  /** The day that it carries: that of its making (absent), or the one on which its process began. */
  readonly dated?: 'printing' | 'start';
  /** An office edits it: it can be taken out as a Word file too. */
  readonly word?: boolean;
  readonly [more: string]: unknown;
}

/** What starts a process again and again. */
export interface ScheduleDeclaration extends ScheduleRule {
  readonly id: string;
  readonly title: string;
  readonly processId: string;
  /** FEEL; nothing starts unless it yields true. */
  readonly onlyIf?: string;
  /** By name: a value, or a text that begins with `=` and is FEEL. */
  readonly variables?: Readonly<Record<string, unknown>>;
  /** The rule it comes from. */
  readonly clause?: string;
}

/** A ready-made step for the studio, in the public format of zeebe element templates. */
export interface ElementTemplate {
  readonly id: string;
  readonly name: string;
  readonly version?: number;
  readonly appliesTo: readonly string[];
  readonly elementType?: { readonly value: string };
  readonly properties: readonly ElementTemplateProperty[];
  readonly [more: string]: unknown;
}

export interface ElementTemplateProperty {
  readonly value?: unknown;
  readonly binding: { readonly type: string; readonly property?: string; readonly [more: string]: unknown };
  readonly [more: string]: unknown;
}
