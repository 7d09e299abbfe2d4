import { FeelDateTime, parseDateTime } from '#feel';
import type { FieldSchema } from './types.js';

/**
 * FEEL writes zones by name (`2026-03-02T08:05:00@Asia/Shanghai`), JSON Schema's `date-time` and `date` want RFC 3339: the
 * same moment with its offset, or the day alone. Everything else stays as it is, for the validator to judge.
 */
export function asSchemaText(schema: FieldSchema, value: unknown): unknown {
  const isTemporal = schema.format === 'date-time' || schema.format === 'date';
  if (!isTemporal || typeof value !== 'string' || !value.includes('T')) return value;
  if (schema.format === 'date-time' && !value.includes('@')) return value;
  const parsed = parseDateTime(value);
  if (!(parsed instanceof FeelDateTime)) return value;
  return schema.format === 'date' ? parsed.date.toString() : withOffset(parsed);
}

function withOffset(moment: FeelDateTime): string {
  const seconds = moment.offsetSeconds;
  const minutes = Math.round(Math.abs(seconds) / 60);
  const two = (part: number): string => String(part).padStart(2, '0');
  const local = new Date(Number(moment.localNanos / 1_000_000n)).toISOString().replace(/(\.000)?Z$/, '');
  return `${local}${seconds < 0 ? '-' : '+'}${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
}
