import type { FormFile } from '../../lib/api-types.js';

/** Stands in where nothing is asked. */
export const noFields: FormFile = { id: '', title: '', schema: { type: 'object', properties: {} } };
