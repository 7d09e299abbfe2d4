import { idColumn, nameColumn, titleColumn } from './plain-tables.js';
import { type Column, EACH, type SettingsTable } from './table-types.js';

/** What the row around it is called. */
const ofColumn: Column = { name: 'of', kind: 'place', width: 170 };
/** Rows of a record are told by their key, which other files name. */
const keyColumn: Column = { name: 'key', kind: 'key', width: 150 };

const deadlines: SettingsTable = {
  id: 'deadlines',
  at: [],
  isOrdered: true,
  columns: [
    { ...titleColumn, width: 160 },
    { name: 'of.process', kind: 'process', width: 170, isNeeded: true },
    { name: 'of.task', kind: 'text', width: 160 },
    { name: 'period', kind: 'formula', width: 220 },
    { name: 'due', kind: 'formula', width: 180 },
    { name: 'of.from', word: 'fromFormula', kind: 'formula', width: 160 },
    { name: 'of.until', word: 'untilFormula', kind: 'formula', width: 340 },
    { name: 'of.unit', kind: 'formula', width: 150 },
    { name: 'statutory', kind: 'flag', width: 60 },
    { name: 'goal', kind: 'flag', width: 60 },
    { name: 'marks', kind: 'marks', width: 180 },
    { name: 'clause', kind: 'text', width: 110 },
    { ...idColumn, width: 130 },
  ],
  fresh: { id: '', title: '', of: { process: '' }, period: '5W' },
};
const marks: SettingsTable = {
  id: 'marks',
  at: [EACH, 'marks'],
  columns: [
    ofColumn,
    { name: 'at', word: 'markAt', kind: 'number', width: 110, isNeeded: true },
    { name: 'do.notify.to', kind: 'formula', width: 200 },
    { name: 'do.notify.text', kind: 'formula' },
    { name: 'do.message.name', word: 'message', kind: 'text', width: 150 },
    { name: 'do.start.processId', kind: 'process', width: 180 },
  ],
};

const mail: SettingsTable = {
  id: 'mail',
  at: ['mail'],
  isOne: true,
  columns: [
    { name: 'subject', kind: 'text', width: 360, isNeeded: true },
    { name: 'text', kind: 'formula', isNeeded: true },
  ],
};
const chatGroups: SettingsTable = {
  id: 'chatGroups',
  at: ['chat', 'groups'],
  columns: [
    { name: 'robot', kind: 'text', width: 160, isNeeded: true },
    { name: 'format', kind: 'format', width: 180, isNeeded: true },
    { name: 'roles', kind: 'roles', width: 300, isNeeded: true },
    { name: 'text', kind: 'formula', isNeeded: true },
  ],
  fresh: { robot: '', format: '', roles: [], text: '' },
};
const chatFormats: SettingsTable = {
  id: 'chatFormats',
  at: ['chat', 'formats'],
  columns: [
    nameColumn,
    { name: 'sign', kind: 'sign', width: 160, isNeeded: true },
    { name: 'codes', kind: 'tags', width: 220, isNeeded: true },
    { name: 'again', kind: 'numbers', width: 220 },
    keyColumn,
  ],
};

const rooms: SettingsTable = {
  id: 'rooms',
  at: [],
  columns: [
    titleColumn,
    { name: 'clockFrom', kind: 'text', width: 140 },
    { name: 'levelVariable', kind: 'text', width: 140 },
    { name: 'levelDictionary', kind: 'dictionary', width: 190 },
    { name: 'countdown', kind: 'tags', width: 300 },
    keyColumn,
  ],
};
const roomFacts: SettingsTable = {
  id: 'roomFacts',
  at: [EACH, 'facts'],
  columns: [
    ofColumn,
    { name: 'label', kind: 'text', isNeeded: true },
    { name: 'variable', kind: 'text', width: 260, isNeeded: true },
  ],
};
const roomActions: SettingsTable = {
  id: 'roomActions',
  at: [EACH, 'actions'],
  columns: [
    ofColumn,
    titleColumn,
    { name: 'roles', kind: 'roles', width: 340, isNeeded: true },
    { name: 'formId', kind: 'text', width: 140, isNeeded: true },
    { name: 'message', kind: 'text', width: 160, isNeeded: true },
    { ...idColumn, width: 120 },
  ],
};

const portal: SettingsTable = {
  id: 'portalTexts',
  at: [],
  isOne: true,
  columns: [
    titleColumn,
    { name: 'titleEn', kind: 'text', width: 140 },
    { name: 'organization', kind: 'text', width: 160, isNeeded: true },
    { name: 'introduction', kind: 'formula', width: 240 },
    { name: 'promise', kind: 'formula', width: 240 },
    { name: 'privacy', kind: 'formula', width: 320 },
    { name: 'visitor', kind: 'text', width: 110 },
    { name: 'exitUrl', kind: 'text', width: 200 },
    { name: 'figures', kind: 'flag', width: 90 },
  ],
};
const entries: SettingsTable = {
  id: 'entries',
  at: ['entries'],
  isOrdered: true,
  columns: [
    { ...titleColumn, width: 150 },
    { name: 'titleEn', kind: 'text', width: 160 },
    { name: 'description', kind: 'formula', width: 240 },
    { name: 'processId', kind: 'process', width: 170, isNeeded: true },
    { name: 'formId', kind: 'text', width: 130, isNeeded: true },
    { name: 'startMessage', kind: 'text', width: 170 },
    { name: 'receipt', kind: 'text', width: 90 },
    { name: 'tracking', kind: 'flag', width: 80 },
    { name: 'pinWhen', kind: 'formula', width: 140 },
    { ...idColumn, width: 110 },
  ],
};
const states: SettingsTable = {
  id: 'trackingStates',
  at: ['tracking', 'states'],
  columns: [
    { name: 'label', kind: 'text', width: 170, isNeeded: true },
    { name: 'recordLabel', kind: 'text', width: 170 },
    { name: 'sentence', kind: 'formula', width: 280 },
    { name: 'late', kind: 'formula', width: 240 },
    { name: 'next', kind: 'formula', width: 240 },
    { name: 'due', kind: 'text', width: 140 },
    keyColumn,
  ],
};
const rights: SettingsTable = {
  id: 'rights',
  at: ['rights'],
  isOrdered: true,
  columns: [titleColumn, { name: 'text', kind: 'formula', isNeeded: true }],
  fresh: { title: '', text: '' },
};
const pages: SettingsTable = {
  id: 'pages',
  at: ['pages'],
  isOrdered: true,
  columns: [
    titleColumn,
    { name: 'titleEn', kind: 'text', width: 180 },
    { name: 'description', kind: 'formula' },
    { name: 'ledger', kind: 'text', width: 100, isNeeded: true },
    { name: 'columns', kind: 'tags', width: 280 },
    { ...idColumn, width: 120 },
  ],
};

/** Tables of the files that say what happens when, who is told, and what the rooms and the public pages show. */
export const ruleTables: Readonly<Record<string, readonly SettingsTable[]>> = {
  deadlines: [deadlines, marks],
  notifications: [mail, chatGroups, chatFormats],
  rooms: [rooms, roomFacts, roomActions],
  portal: [portal, entries, states, rights, pages],
};

const classes: SettingsTable = {
  id: 'classes',
  at: ['classes'],
  columns: [
    nameColumn,
    { name: 'sealed', kind: 'flag', width: 110, isNeeded: true },
    { name: 'identifies', kind: 'flag', width: 140 },
    idColumn,
  ],
  fresh: { id: '', name: '', sealed: true },
};

/** Who may do what and see what: a column for each class of content that is sealed. */
export function roleTables(file: object): readonly SettingsTable[] {
  const { classes: given } = file as { classes?: unknown };
  const sealed = (Array.isArray(given) ? (given as { id?: unknown; name?: unknown; sealed?: unknown }[]) : []).filter(
    (one) => typeof one.id === 'string' && one.id !== '' && one.sealed === true,
  );
  const sights = sealed.map(({ id, name }): Column => ({
    name: `sees.${String(id)}`,
    title: String(name ?? id),
    kind: 'sight',
    width: 165,
  }));
  const roles: SettingsTable = {
    id: 'roles',
    at: ['roles'],
    columns: [
      { ...nameColumn, width: 170 },
      { name: 'unit', kind: 'unit', width: 150 },
      ...sights,
      { name: 'seesOwn', kind: 'tags', width: 130 },
      { name: 'seesGranted', kind: 'tags', width: 130 },
      { name: 'permissions', kind: 'tags', width: 240 },
      { name: 'ordinary', kind: 'flag', width: 80 },
      { name: 'clauses', kind: 'tags', width: 160 },
      { ...idColumn, width: 160 },
    ],
    fresh: { id: '', name: '' },
  };
  return [roles, classes];
}
