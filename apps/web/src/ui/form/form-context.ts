import type { Registry } from '@rjsf/utils';
import type { FormData, FormPage } from '../../lib/api-types.js';

/** What our templates and widgets know besides the field they draw. */
export type GeneratedFormContext = {
  pages: FormPage[];
  /** Index of the one page shown, or null to show all pages as sections. */
  page: number | null;
  /** Values as they were opened; a masked value that was replaced can be taken back. */
  original: FormData;
  /** What the fields show by which suggestions are matched, in words. No function: a change of one draws no field again. */
  shown: Record<string, string>;
  /** On the portal, where files go without a session. */
  isPublic: boolean;
  moreLabel: string;
  /** Names of top-level fields that hold an error, so that a folded part opens. */
  erroneous: string[];
};

export function contextOf(registry: Registry): GeneratedFormContext {
  return registry.formContext as GeneratedFormContext;
}

export type FieldPath = (string | number)[];

/** The value at a path of names and indexes; undefined where there is none. */
export function valueAt(data: unknown, path: FieldPath): unknown {
  return path.reduce<unknown>(
    (value, key) => (typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[key] : undefined),
    data,
  );
}

/** Id of the element that frames a field, from its JSON pointer. */
export function anchorOf(pointer: string): string {
  return `field-root${pointer.replaceAll('/', '_')}`;
}
