import { type LinkContext, reportPlace, type Sentence } from './link-context.js';

/** Reports a fault of a ledger or an indicator at its place. */
export function refuse(context: LinkContext, file: string, place: string, text: Sentence): void {
  reportPlace(context, file, place, { code: 'ledger.declaration', text });
}
