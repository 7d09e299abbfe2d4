import type { Column, SettingsTable } from './table-types.js';

export const idColumn: Column = { name: 'id', kind: 'text', width: 170, isNeeded: true };
export const nameColumn: Column = { name: 'name', kind: 'text', isNeeded: true };
export const titleColumn: Column = { name: 'title', kind: 'text', width: 180, isNeeded: true };

export const units: SettingsTable = {
  id: 'units',
  at: ['units'],
  columns: [
    nameColumn,
    { name: 'parent', kind: 'unit', width: 220 },
    { name: 'external', kind: 'flag', width: 90 },
    idColumn,
  ],
  fresh: { id: '', name: '' },
};
export const posts: SettingsTable = {
  id: 'posts',
  at: ['posts'],
  columns: [
    nameColumn,
    { name: 'unit', kind: 'unit', width: 200, isNeeded: true },
    { name: 'roles', kind: 'roles', width: 240, isNeeded: true },
    idColumn,
  ],
  fresh: { id: '', name: '', unit: '', roles: [] },
};
export const portfolios: SettingsTable = {
  id: 'portfolios',
  at: [],
  columns: [
    { ...nameColumn, width: 140 },
    { name: 'post', kind: 'post', width: 180, isNeeded: true },
    { name: 'deputy', kind: 'post', width: 180 },
    { name: 'categories', kind: 'categories', width: 300 },
    { name: 'units', kind: 'units', width: 260 },
    { name: 'from', kind: 'date', width: 150 },
    { name: 'until', kind: 'date', width: 150 },
    { name: 'field', kind: 'text', width: 140, isNeeded: true },
  ],
  fresh: { field: '', name: '', post: '' },
};
export const schedules: SettingsTable = {
  id: 'schedules',
  at: [],
  columns: [
    titleColumn,
    { name: 'processId', kind: 'process', width: 200, isNeeded: true },
    { name: 'when', kind: 'when', width: 230 },
    { name: 'onDayOff', kind: 'dayOff', width: 140 },
    { name: 'clause', kind: 'text', width: 120 },
    { ...idColumn, width: 100 },
  ],
  fresh: { id: '', title: '', processId: '', cron: '0 9 1 * *', onDayOff: 'next' },
};
export const parameters: SettingsTable = {
  id: 'parameters',
  at: [],
  columns: [
    { name: 'name', kind: 'shown' },
    { name: 'value', kind: 'parameter', width: 200 },
    { name: 'unit', kind: 'shown', width: 90 },
    { name: 'limits', kind: 'limits', width: 170 },
    { name: 'clause', kind: 'shown', width: 140 },
  ],
};
export const numbering: SettingsTable = {
  id: 'numbering',
  at: [],
  columns: [nameColumn, { name: 'pattern', kind: 'text', width: 260, isNeeded: true }],
};
export const clauses: SettingsTable = {
  id: 'clauses',
  at: [],
  columns: [
    { ...titleColumn, width: 240 },
    { name: 'ids', kind: 'tags', isNeeded: true },
  ],
  fresh: { title: '', ids: [] },
};

export const ledgerFacts: SettingsTable = {
  id: 'facts',
  at: [],
  isOne: true,
  columns: [
    titleColumn,
    { name: 'where', kind: 'formula', width: 240 },
    { name: 'exports', kind: 'roles', width: 200 },
    { name: 'description', kind: 'formula', width: 180 },
  ],
};
export const ledgerColumns: SettingsTable = {
  id: 'columns',
  at: ['columns'],
  isOrdered: true,
  columns: [
    { ...titleColumn, width: 160 },
    { name: 'type', kind: 'columnType', width: 120, isNeeded: true },
    { name: 'value', kind: 'formula', width: 280 },
    { name: 'dictionary', kind: 'dictionary', width: 160 },
    { name: 'sort', kind: 'flag', width: 60 },
    { name: 'filter', kind: 'flag', width: 60 },
    { name: 'hidden', kind: 'flag', width: 60 },
    { name: 'roles', kind: 'roles', width: 200 },
    { ...idColumn, width: 140 },
  ],
  fresh: { id: '', title: '', type: 'text', value: '=' },
};
export const readers: SettingsTable = {
  id: 'readers',
  at: ['readers'],
  columns: [
    { name: 'roles', kind: 'roles', isNeeded: true },
    { name: 'ownUnit', kind: 'text', width: 220 },
  ],
  fresh: { roles: [] },
};
export const indicatorFacts: SettingsTable = {
  id: 'facts',
  at: [],
  isOne: true,
  columns: [
    titleColumn,
    { name: 'where', kind: 'formula', width: 220 },
    { name: 'numerator', kind: 'formula', width: 220 },
    { name: 'denominator', kind: 'formula', width: 220 },
    { name: 'value', kind: 'formula', width: 220 },
    { name: 'measure', kind: 'text', width: 80 },
    { name: 'description', kind: 'formula', width: 220 },
  ],
};
export const documents: SettingsTable = {
  id: 'documents',
  at: [],
  columns: [
    { ...titleColumn, width: 220 },
    { name: 'roles', kind: 'roles', width: 260 },
    { name: 'portal', kind: 'flag', width: 90 },
    { name: 'receipt', kind: 'flag', width: 90 },
    { name: 'dated', kind: 'dated', width: 140 },
    { name: 'word', kind: 'flag', width: 90 },
    { name: 'template', kind: 'text', width: 160, isNeeded: true },
    { ...idColumn, width: 110 },
  ],
  fresh: { id: '', title: '', template: 'documents/.hbs' },
};
export const launchers: SettingsTable = {
  id: 'launchers',
  at: [],
  isOrdered: true,
  columns: [
    titleColumn,
    { name: 'next', kind: 'formula', width: 260 },
    { name: 'roles', kind: 'roles', width: 260, isNeeded: true },
    { name: 'processId', kind: 'process', width: 180, isNeeded: true },
    { ...idColumn, width: 120 },
  ],
};
