import { hash, randomBytes } from 'node:crypto';
import type { Key } from '#engine';

/** An event as the chain sees it. */
export interface ChainedEvent {
  readonly position: number;
  readonly type: string;
  readonly version: number;
  readonly at: number;
}

/** base64url. */
export const sha256 = (text: string): string => hash('sha256', text, 'base64url');

/** Where the chain of an instance begins: bound to its key, so that no chain can stand in for another. */
export const chainStart = (processInstanceKey: Key): string => sha256(`changtong event chain 1\n${processInstanceKey}`);

/** What stands for the content in the chain: without the salt it says nothing about the content (ADR 17). */
export const commitmentOf = (salt: string, payload: string): string => sha256(`${salt}\n${payload}`);

/** The hash of an event, that of the one before it included. */
export const linkOf = (previous: string, { position, type, version, at }: ChainedEvent, commitment: string): string =>
  sha256(`${previous}\n${position}\n${type}\n${version}\n${at}\n${commitment}`);

const SALT_CHARACTERS = 22;
const POOL_BYTES = 16_500;
let pool = '';
let used = 0;

/** 132 random bits as text; drawn in bulk, since one call to the system costs more than the hash. */
export function newSalt(): string {
  if (used + SALT_CHARACTERS > pool.length) {
    pool = randomBytes(POOL_BYTES).toString('base64url');
    used = 0;
  }
  used += SALT_CHARACTERS;
  return pool.slice(used - SALT_CHARACTERS, used);
}
