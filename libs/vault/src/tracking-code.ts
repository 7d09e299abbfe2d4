import { randomInt } from 'node:crypto';

/** Base32 without 0, O, 1 and I, which people mistake for one another. */
const ALPHABET = 'ABCDEFGHJKLMNPQRSTUVWXYZ23456789';
const LENGTH = 12;

/** A fresh code of 12 characters (60 bits), shown as `XXXX-XXXX-XXXX`. */
export function newTrackingCode(): string {
  const characters = Array.from({ length: LENGTH }, () => ALPHABET.charAt(randomInt(ALPHABET.length)));
  return showTrackingCode(characters.join(''));
}

/** What somebody typed as the 12 characters, or undefined where it cannot be a code. Spaces, dashes and case do not count. */
export function normalizeTrackingCode(typed: string): string | undefined {
  if (typed.length > 100) return undefined;
  const code = typed
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[\s\p{Pd}]/gu, '');
  return code.length === LENGTH && [...code].every((character) => ALPHABET.includes(character)) ? code : undefined;
}

/** The code in groups of four. */
export function showTrackingCode(code: string): string {
  return (code.match(/.{4}/g) ?? []).join('-');
}
