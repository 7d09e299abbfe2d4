export type * from './database.js';
export * from './queries/search-types.js';
export type * from './queries/queries-types.js';
export { createDatabase, dataSourceOptions, openDatabase } from './open-database.js';
export { createQueries } from './queries/queries.js';
export { createStore } from './store.js';
export * from './product/index.js';
export { isConnectionLost } from './nodes/connection-lost.js';
export { DatabaseInUse } from './nodes/membership.js';
