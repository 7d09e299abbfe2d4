import { escapeLines } from './html.js';
import { DocumentTooLarge, MAX_OUTPUT } from './render-budget.js';

/** Stands where a protected value could not be resolved. */
export const UNRESOLVED = '●●●●';

/** Reserved for placeholders: templates may not hold them, values lose them. */
const OPEN = '\u27e6';
const CLOSE = '\u27e7';
const PLACEHOLDER = /\u27e6(\d{1,20})\.([\w-]*)(?:\.([^\u27e6\u27e7]*))?\u27e7/g;

/** Makes a secret mark for a handle, letters and digits, so that placeholders of one document fit no other. */
export type HandleToken = (sealedKey: string) => string;

/** What stands in rendered HTML for a value that is stored encrypted. */
export function placeholderOf(sealedKey: string, token: HandleToken): string {
  return `${OPEN}${sealedKey}.${token(sealedKey)}${CLOSE}`;
}

/** The same placeholder, asking for the label of its value in a dictionary. */
export function placeholderInTerms(placeholder: string, dictionary: string): string {
  return `${placeholder.slice(0, -CLOSE.length)}.${withoutBrackets(dictionary)}${CLOSE}`;
}

/** Takes the reserved brackets out of a text, so that no value can pretend to be a placeholder. */
export function withoutBrackets(text: string): string {
  return text.replaceAll(OPEN, '[').replaceAll(CLOSE, ']');
}

/** True where a text holds a reserved bracket. */
export function hasBrackets(text: string): boolean {
  return text.includes(OPEN) || text.includes(CLOSE);
}

/** Sealed keys of the placeholders in rendered HTML, each once, in order. */
export function handlesIn(html: string): string[] {
  return [...new Set([...html.matchAll(PLACEHOLDER)].map(([, sealedKey = '']) => sealedKey))];
}

/**
 * Puts values in place of placeholders, escaped, line breaks kept; runs last, after the template, in the name of
 * somebody who may see them; `resolve` is told the dictionary of a choice. What is not resolved stays masked. Where `token` is given, a placeholder with another
 * mark stays masked too. Throws `DocumentTooLarge` where the values grow past the size of a document.
 */
export function resolveHandles(
  html: string,
  resolve: (sealedKey: string, dictionary?: string) => string | undefined,
  token?: HandleToken,
): string {
  let charactersLeft = MAX_OUTPUT;
  return html.replace(PLACEHOLDER, (_, sealedKey: string, mark: string, dictionary?: string) => {
    const isOwn = token === undefined || token(sealedKey) === mark;
    const value = isOwn ? resolve(sealedKey, dictionary) : undefined;
    const shown = value === undefined ? UNRESOLVED : escapeLines(withoutBrackets(value));
    charactersLeft -= shown.length;
    if (charactersLeft >= 0) return shown;
    throw new DocumentTooLarge([
      `Expected at most ${MAX_OUTPUT} characters of protected values in a document.`,
      `文书里受保护的内容不能超过 ${MAX_OUTPUT} 个字符。`,
    ]);
  });
}
