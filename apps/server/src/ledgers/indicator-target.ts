import type { IndicatorDeclaration, ParametersFile } from '#configuration';

/** What an indicator should reach. */
export interface IndicatorTarget {
  readonly side: 'atLeast' | 'atMost';
  /** In percent of a ratio, in what is measured of a mean. */
  readonly value: number;
}

/** The target by the parameters in force; null where none is declared. The check makes sure that a named one is a number. */
export function targetOf({ target }: IndicatorDeclaration, parameters: ParametersFile): IndicatorTarget | null {
  const side = target?.atLeast === undefined ? 'atMost' : 'atLeast';
  const bound = target?.[side];
  const value = typeof bound === 'string' ? parameters[bound]?.value : bound;
  return typeof value === 'number' ? { side, value } : null;
}
