import type { ConfigurationSet } from '#configuration';

/** The values of parameters by their ids, as templates and forms read them. */
export const parameterValues = ({ parameters }: Pick<ConfigurationSet, 'parameters'>) =>
  Object.fromEntries(Object.entries(parameters).map(([id, { value }]) => [id, value]));
