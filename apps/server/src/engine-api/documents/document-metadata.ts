import { Refusal } from '../../problems/refusal.js';

/** What a client says of a document. */
export interface DocumentMetadata {
  readonly contentType?: string;
  readonly fileName?: string;
  /** Real time, epoch ms. */
  readonly expiresAt?: number;
  readonly processDefinitionId?: string;
  readonly processInstanceKey?: string;
  readonly customProperties?: Readonly<Record<string, unknown>>;
}

const mostPropertyCharacters = 10_000;

/**
 * Reads the JSON that stands in the field `metadata`; an empty text says nothing.
 *
 * @throws Refusal `invalidArgument` with the member that does not fit.
 */
export function metadataOf(text: string): DocumentMetadata {
  const given = text === '' ? {} : parse(text);
  const { expiresAt, customProperties } = given;
  return {
    ...textOf(given, 'contentType', /^[\w.+-]{1,100}\/[\w.+-]{1,100}(; ?[\w-]+=[\w.-]+)*$/),
    ...textOf(given, 'fileName', /^[^/\\\p{C}]{1,200}$/u),
    ...textOf(given, 'processDefinitionId', /^[\w.-]{1,255}$/),
    ...textOf(given, 'processInstanceKey', /^\d{1,18}$/),
    ...(expiresAt !== undefined && expiresAt !== null && { expiresAt: timeOf(expiresAt) }),
    ...(customProperties !== undefined &&
      customProperties !== null && { customProperties: propertiesOf(customProperties) }),
  };
}

function parse(text: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(text);
    if (isRecord(value)) return value;
  } catch {
    // Answered below: what is no object is refused in the same words, whether or not it is JSON.
  }
  throw wrong('metadata', 'a JSON object');
}

function textOf<N extends string>(
  given: Readonly<Record<string, unknown>>,
  name: N,
  pattern: RegExp,
): { readonly [K in N]?: string } {
  const value = given[name];
  if (value === undefined || value === null) return {};
  if (typeof value !== 'string' || !pattern.test(value))
    throw wrong(`metadata.${name}`, `a text that fits ${pattern.source}`);
  return { [name]: value } as { readonly [K in N]?: string };
}

function timeOf(value: unknown): number {
  const at = typeof value === 'string' ? Date.parse(value) : Number.NaN;
  if (Number.isNaN(at)) throw wrong('metadata.expiresAt', 'an ISO 8601 date and time');
  return at;
}

function propertiesOf(value: unknown): Readonly<Record<string, unknown>> {
  if (isRecord(value) && JSON.stringify(value).length <= mostPropertyCharacters) return value;
  throw wrong('metadata.customProperties', `an object of at most ${mostPropertyCharacters} characters of JSON`);
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const wrong = (name: string, wanted: string): Refusal =>
  new Refusal('invalidArgument', `Expected ${name} to be ${wanted}.`);
