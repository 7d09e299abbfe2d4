import type { Row } from './tables.js';

/** What a parameter may be: bounds, choices, and what it is by default where it is something else now. */
export type Limits = {
  min?: number;
  max?: number;
  choices?: (string | number | boolean)[];
  isStatutory: boolean;
  standard?: string;
};

export function limitsOf({ value, default: standard, min, max, choices, statutory }: Row): Limits {
  return {
    ...(typeof min === 'number' ? { min } : {}),
    ...(typeof max === 'number' ? { max } : {}),
    ...(Array.isArray(choices) ? { choices: choices as Limits['choices'] } : {}),
    isStatutory: statutory === true,
    ...(standard !== undefined && standard !== value ? { standard: String(standard) } : {}),
  };
}

/** What a choice is called: in the file, else by a word that all know, else as it is. */
export function choiceText(
  { choiceLabels }: Row,
  value: unknown,
  translate: (key: string, options: { defaultValue: string }) => string,
): string {
  const own = (choiceLabels as Record<string, unknown> | undefined)?.[String(value)];
  if (typeof own === 'string') return own;
  return translate(`studio.table.value.${String(value).replaceAll(':', '')}`, { defaultValue: String(value) });
}

/** Whether a number lies beyond what is allowed. */
export function isBeyond(value: unknown, { min, max }: Limits): boolean {
  if (typeof value !== 'number') return false;
  return (min !== undefined && value < min) || (max !== undefined && value > max);
}
