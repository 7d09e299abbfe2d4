import { createCalendar, type Calendar, type CalendarYear } from '#calendar';
import type { Problem } from '#bpmn';
import type { CalendarFeed } from './calendar-feeds.js';
import type { Dashboard } from './dashboards.js';
import { withParameterTexts } from './parameter-texts.js';
import type { JsonFile } from './read-json-files.js';
import type {
  DictionariesFile,
  ElementTemplate,
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

export interface Settings {
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
  readonly elementTemplates: readonly ElementTemplate[];
  readonly scheduleDeclarations: readonly ScheduleDeclaration[];
  readonly dashboards: readonly Dashboard[];
  readonly calendarFeeds: readonly CalendarFeed[];
}

const required = ['organization', 'roles'] as const;

/** Gathers the settings that all processes share; `files` tells a missing file from one that was refused. */
export function readSettings(
  json: ReadonlyMap<string, JsonFile>,
  files: ReadonlyMap<string, string>,
  timeZone: string,
) {
  const problems = required.filter((name) => !files.has(settingsPath(name))).map(missingFile);
  const read = <Shape>(name: string, fallback: Shape): Shape =>
    (json.get(settingsPath(name))?.json.value as Shape | undefined) ?? fallback;
  const parameters = withLowerLimits(read('parameters', {}));
  const readTexts = <Shape>(name: string, fallback: Shape): Shape =>
    withParameterTexts(read(name, fallback), parameters);
  const portal = readTexts<PortalFile | undefined>('portal', undefined);
  const settings: Settings = {
    organization: read('organization', { name: '', units: [] }),
    portfolios: read('portfolios', []),
    roles: read('roles', { classes: [], roles: [] }),
    numbering: read('numbering', {}),
    dictionaries: read('dictionaries', {}),
    parameters,
    calendar: calendarOf(json, timeZone),
    ...(portal ? { portal } : {}),
    launchers: readTexts('launchers', []),
    notifications: read('notifications', {}),
    rooms: readTexts('rooms', {}),
    elementTemplates: read('element-templates', []),
    scheduleDeclarations: read('schedules', []),
    dashboards: read('dashboards', []),
    calendarFeeds: read('calendar-feeds', []),
  };
  return { settings, problems };
}

export function settingsPath(name: string): string {
  return `workflows/${name}.json`;
}

/** A value above the limit that another parameter sets counts as that limit. */
function withLowerLimits(parameters: ParametersFile): ParametersFile {
  const lowered = Object.entries(parameters).map(([id, parameter]) => {
    const limits = Object.entries(parameter.maxBy ?? {}).map(
      ([other, limitOf]) => limitOf[String(parameters[other]?.value)],
    );
    const limit = Math.min(...limits.filter((one) => one !== undefined));
    const isAbove = typeof parameter.value === 'number' && parameter.value > limit;
    return [id, isAbove ? { ...parameter, value: limit } : parameter] as const;
  });
  return Object.fromEntries(lowered);
}

/** A year with a wrong date is left out here; the linker names the date. */
function calendarOf(json: ReadonlyMap<string, JsonFile>, timeZone: string): Calendar {
  const years = [...json.values()]
    .filter(({ schema }) => schema === 'calendarYear')
    .map((file) => file.json.value as CalendarYear);
  return createCalendar(
    years.filter((year) => isReadable(year, timeZone)),
    timeZone,
  );
}

function isReadable(year: CalendarYear, timeZone: string): boolean {
  try {
    createCalendar([year], timeZone);
    return true;
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}

function missingFile(name: string): Problem {
  const file = settingsPath(name);
  return {
    severity: 'error',
    code: 'configuration.missingFile',
    file,
    message: `Expected the file ${file} but there is none.`,
    messageZh: `缺少文件 ${file}。`,
  };
}
