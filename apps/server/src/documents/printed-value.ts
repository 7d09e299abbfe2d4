import type { DocumentServices } from '#documents';

/** A protected value as text on paper: choices by their label where one fits, lists joined, files by name. */
export function printedValue(value: unknown, services: Pick<DocumentServices, 'unitName'>): string {
  if (value === null || value === undefined) return '';
  if (typeof value === 'boolean') return value ? '是' : '否';
  if (Array.isArray(value)) return value.map((item) => printedValue(item, services)).join('、');
  if (typeof value === 'object')
    return 'name' in value
      ? String(value.name)
      : Object.values(value)
          .map((item) => printedValue(item, services))
          .join(' ');
  return services.unitName(String(value)) ?? String(value);
}
