import { pointerPart } from '../json-text.js';
import { type LinkContext, missingSentence, reportMissing, reportPlace, type Sentence } from './link-context.js';

export interface Expected {
  readonly file: string;
  /** JSON pointer of the list. */
  readonly place: string;
  readonly ids: readonly string[];
  readonly known: readonly string[];
  readonly what: Sentence;
}

/** Reports each id of a list that is not known. */
export function expectAll(context: LinkContext, { file, place, ids, known, what }: Expected): void {
  ids.forEach((id, index) => {
    if (!known.includes(id)) reportMissing(context, file, `${place}/${index}`, { what, id, known });
  });
}

/** Reports each id that stands twice in a list of objects with ids. */
export function refuseDoubles(context: LinkContext, file: string, place: string, ids: readonly string[]): void {
  ids.forEach((id, index) => {
    if (ids.indexOf(id) === index) return;
    const text: Sentence = [`Expected the id "${id}" once but found it twice.`, `标识“${id}”重复。`];
    reportPlace(context, file, `${place}/${index}/id`, { code: 'settings.duplicateId', text });
  });
}

export interface KeysExpected {
  readonly file: string;
  /** JSON pointer of the object. */
  readonly place: string;
  readonly found: object;
  readonly keys: readonly string[];
}

/** Reports each key of an object that means nothing there: it is most often a misspelt one. */
export function refuseUnknownKeys(context: LinkContext, { file, place, found, keys }: KeysExpected): void {
  for (const key of Object.keys(found).filter((one) => !keys.includes(one)))
    reportPlace(context, file, `${place}/${pointerPart(key)}`, {
      code: 'settings.unknownKey',
      text: missingSentence({ what: ['the key', '键'], id: key, known: keys }),
    });
}

/** Whether an ISO date names a day that there is. */
export function isRealDate(day: string): boolean {
  const date = new Date(`${day}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(day);
}

/** Names of the fields of a form; undefined where there is no such form, or none that could be read. */
export function fieldsOf({ set }: LinkContext, formId: string | undefined): readonly string[] | undefined {
  const properties = set.forms.get(formId ?? '')?.schema.properties;
  return properties && Object.keys(properties);
}
