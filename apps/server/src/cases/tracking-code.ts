import { showTrackingCode } from '#vault';

/** Base32 without 0, O, 1 and I: 32 characters, so 5 bits of each byte choose one evenly. */
const ALPHABET = 'ABCDEFGHJKLMNPQRSTUVWXYZ23456789';
const LENGTH = 12;

/** A tracking code made of at least 12 secret random bytes. */
export function trackingCodeFrom(bytes: Uint8Array): string {
  const characters = Array.from({ length: LENGTH }, (_, index) =>
    ALPHABET.charAt((bytes[index] ?? 0) % ALPHABET.length),
  );
  return showTrackingCode(characters.join(''));
}
