import { Refusal } from '../problems/refusal.js';

/** What the parser says of a body that is cut off, or no multipart at all. */
const faults = [
  'Unexpected end of',
  'Malformed part header',
  'Multipart: Boundary not found',
  'Part terminated early',
  'Premature close',
];

/** What `read` makes of a multipart body. @throws Refusal where the body is malformed. */
export async function readMultipart<T>(read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (error) {
    const message = error instanceof Error && !(error instanceof Refusal) ? error.message : '';
    if (!faults.some((fault) => message.startsWith(fault))) throw error;
    throw new Refusal('invalidArgument', `Expected a whole multipart body but found a malformed one: ${message}.`);
  }
}
