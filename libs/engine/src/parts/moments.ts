import { FeelZone, parseDateTime } from '#feel';

/**
 * Reads an ISO 8601 date, or date and time; without offset or region it counts in `timeZone`. A region in brackets after
 * an offset only repeats it. Epoch ms, undefined if it is none.
 */
export function momentOf(text: string, timeZone: string): number | undefined {
  const zone = FeelZone.parse(`@${timeZone}`);
  const plain = text.replace(/(Z|[+-]\d\d:\d\d)\[.+\]$/, '$1').replace(/\[(.+)\]$/, '@$1');
  return zone && parseDateTime(plain)?.epochMsIn(zone);
}
