/** Texts, numbers and truth values: what is protected is a handle, and stays behind. */
export const openValues = (variables: Readonly<Record<string, unknown>>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(variables).filter(([, value]) => typeof value !== 'object' || value === null));
