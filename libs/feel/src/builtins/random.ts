import { define, type Call } from './define.js';

const BYTES = 16;
const NO_SOURCE = ['a source of random numbers in the context', 'none'] as const;

function randomNumber(call: Call): number | null {
  const { random } = call.run.context;
  return random ? random() : call.fail(...NO_SOURCE);
}

/** A UUID of random bits, version 4 (RFC 9562, 5.4). */
function uuid(call: Call): string | null {
  const { random } = call.run.context;
  if (!random) return call.fail(...NO_SOURCE);
  call.run.charge(BYTES);
  const bytes = Array.from({ length: BYTES }, () => Math.floor(random() * 256));
  bytes[6] = 0x40 | ((bytes[6] as number) & 0x0f);
  bytes[8] = 0x80 | ((bytes[8] as number) & 0x3f);
  const digits = bytes.map((byte) => byte.toString(16).padStart(2, '0')).join('');
  return digits.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

/** `random number` and `uuid`, as Camunda has them. FEEL stays pure: the host gives the numbers. */
export const randomFunctions = [define('random number', ['', randomNumber]), define('uuid', ['', uuid])];
