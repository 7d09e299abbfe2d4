import type { CalendarFeed } from './calendar-feeds.js';
import type { Dashboard } from './dashboards.js';
import type { ScheduleEntry } from './compile-schedules.js';
import type { CompiledExpression, FeelFunction } from '#feel';
import type { ProcessDefinition } from '#bpmn';
import type { Calendar } from '#calendar';
import type { CompiledDecision } from '#dmn';
import type { CompiledTemplate } from '#documents';
import type { FormFile } from '#forms';
import type { ReadModel } from './ledgers/read-model.js';
import type { Scenario } from './scenarios.js';
import type {
  DictionariesFile,
  ElementTemplate,
  DocumentDeclaration,
  Launcher,
  NotificationsFile,
  NumberingFile,
  OrganizationFile,
  ParametersFile,
  PortalFile,
  PortfoliosFile,
  RolesFile,
  RoomsFile,
  ScheduleDeclaration,
} from './settings.js';

/** A checked and linked set of configuration files; never changed once made. */
export interface ConfigurationSet {
  /** SHA-256 in hex over paths and contents (`hashFiles`). */
  readonly hash: string;
  readonly files: ReadonlyMap<string, string>;
  readonly processes: readonly ProcessEntry[];
  /** Every decision of every DMN file; ids are unique over the set. */
  readonly decisions: readonly DecisionEntry[];
  /** By form id. */
  readonly forms: ReadonlyMap<string, FormFile>;
  /** By document id; ids are unique over the set. */
  readonly documents: ReadonlyMap<string, DocumentEntry>;
  readonly organization: OrganizationFile;
  readonly portfolios: PortfoliosFile;
  readonly roles: RolesFile;
  readonly numbering: NumberingFile;
  readonly dictionaries: DictionariesFile;
  readonly parameters: ParametersFile;
  readonly calendar: Calendar;
  readonly portal?: PortalFile;
  readonly launchers: readonly Launcher[];
  readonly notifications: NotificationsFile;
  readonly rooms: RoomsFile;
  /** What the studio offers as ready-made steps. */
  readonly elementTemplates: readonly ElementTemplate[];
  readonly scheduleDeclarations: readonly ScheduleDeclaration[];
  /** Pages of figures, in their order. */
  readonly dashboards: readonly Dashboard[];
  /** Calendars that people subscribe to. */
  readonly calendarFeeds: readonly CalendarFeed[];
  readonly schedules: readonly ScheduleEntry[];
  readonly scenarios: readonly ScenarioFile[];
  /** Ledgers and indicators. */
  readonly readModel: ReadModel;
  /** What expressions may call besides FEEL itself: working days, the organization, `parameter`, `dictionary label`. */
  readonly feelFunctions: Readonly<Record<string, FeelFunction>>;
}

export interface ProcessEntry {
  readonly id: string;
  readonly path: string;
  readonly xml: string;
  readonly definition: ProcessDefinition;
  /** Ids of the forms that its tasks, starts and room actions show. */
  readonly formIds: readonly string[];
  /** Number series of a process whose instances are cases (`ct.case`). */
  readonly caseSeries?: string;
  /** Roles to which alone its cases are shown, beside who works on them (`ct.exclusive`). */
  readonly exclusiveTo?: readonly string[];
  /** Whoever follows the case that started one of its cases follows that one with the same code (`ct.tracking` = `origin`). */
  readonly isFollowedByOrigin?: boolean;
  /** Published in the case when an intervention has ended one of its instances (`ct.intervention`). */
  readonly interventionMessage?: string;
  /** Message starts of cases that exclusive hands give back (`ct.returned`). */
  readonly returnStarts: readonly string[];
  /** User tasks that take a case over for their roles alone (`ct.exclusive` of a task). */
  readonly takeovers: readonly Takeover[];
  /** The line shown in lists (`ct.title`). */
  readonly title?: CompiledExpression;
  /** Variable with the public state (`ct.state`, default `caseState`). */
  readonly stateVariable: string;
}

/** Once the task was reached, nobody else sees the case again for having started it or having worked on it before. */
export interface Takeover {
  readonly elementId: string;
  readonly roles: readonly string[];
}

export interface DecisionEntry {
  readonly id: string;
  readonly name: string;
  readonly path: string;
  readonly xml: string;
  readonly decision: CompiledDecision;
  /** Variables that it and the decisions it requires read, as top-level names. */
  readonly reads: readonly string[];
}

export interface DocumentEntry extends DocumentDeclaration {
  /** Of its `documents.json`. */
  readonly path: string;
  readonly templatePath: string;
  /** The process folder it stands in. */
  readonly processId: string;
  readonly compiled: CompiledTemplate;
}

export interface ScenarioFile {
  readonly path: string;
  readonly processId: string;
  readonly scenarios: readonly Scenario[];
}

/** Path of a form file. */
export function formPath(formId: string): string {
  return `forms/${formId}.form.json`;
}

/** Path of the diagram of a process. */
export function processPath(processId: string): string {
  return `workflows/${processId}/${processId}.bpmn`;
}
