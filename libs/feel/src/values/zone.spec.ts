import { describe, expect, it } from '@jest/globals';
import { IANAZone } from 'luxon';
import { FeelDateTime } from './temporal.js';
import { FeelZone } from './zone.js';

const hour = 3600;
const year = 365 * 24 * hour;
const at = (text: string) => Date.parse(text) / 1000;

describe('the offset of a region', () => {
  it.each([
    ['Europe/Berlin', '2026-03-29T00:59:59Z', 1],
    ['Europe/Berlin', '2026-03-29T01:00:00Z', 2],
    ['Europe/Berlin', '2026-10-25T00:59:59Z', 2],
    ['Europe/Berlin', '2026-10-25T01:00:00Z', 1],
    ['Australia/Lord_Howe', '2026-04-04T14:59:59Z', 11],
    ['Australia/Lord_Howe', '2026-04-04T15:00:00Z', 10.5],
    ['Pacific/Apia', '2011-12-30T09:59:59Z', -10],
    ['Pacific/Apia', '2011-12-30T10:00:00Z', 14],
    ['Asia/Shanghai', '2026-06-01T00:00:00Z', 8],
    ['Asia/Shanghai', '1990-06-01T00:00:00Z', 9],
  ] as const)('of %s at %s is %s hours, asked the first and the second time', (region, instant, hours) => {
    const zone = FeelZone.ofRegion(region);

    expect(zone?.offsetAtInstant(at(instant))).toBe(hours * hour);
    expect(zone?.offsetAtInstant(at(instant))).toBe(hours * hour);
  });

  it.each(['Europe/Berlin', 'America/New_York', 'Africa/Casablanca', 'Asia/Kathmandu', 'Asia/Shanghai'])(
    'of %s is what luxon says, at 4,000 instants over 60 years',
    (region) => {
      const zone = FeelZone.ofRegion(region) as FeelZone;
      const luxon = IANAZone.create(region);
      const instants = Array.from(
        { length: 4000 },
        (_, index) => at('1975-01-01T00:00:00Z') + ((index * 7919 * hour) % (60 * year)),
      );

      expect(instants.filter((instant) => zone.offsetAtInstant(instant) !== luxon.offset(instant * 1000) * 60)).toEqual(
        [],
      );
    },
  );
});

describe('an instant seen in a zone', () => {
  const farAway = Number.MAX_SAFE_INTEGER;

  it.each([0, -1, 1, 999.5, -86_400_001, 1_800_000_000_123, -62_135_596_800_001, farAway, -farAway, farAway * 4])(
    'is the same of %s milliseconds as of so many nanoseconds',
    (epochMs) => {
      const zone = FeelZone.ofRegion('America/New_York') as FeelZone;
      const nanos = BigInt(Math.floor(epochMs)) * 1_000_000n;

      expect(FeelDateTime.ofEpochMs(epochMs, zone)).toEqual(FeelDateTime.ofEpochNanos(nanos, zone));
    },
  );
});
