import { linearRegExp, type TextWarning } from '#forms';

export type { TextWarning };

/** What is to be said of a typed text: asked as it is typed, in the browser alone. */
export const warningsFor = (value: unknown, warnings: readonly TextWarning[]): readonly TextWarning[] =>
  typeof value === 'string' ? warnings.filter(({ pattern }) => linearRegExp(pattern).test(value)) : [];
