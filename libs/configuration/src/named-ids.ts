/** Ids that a property or header names, separated by commas; what is empty is none. */
export const namedIds = (text = ''): readonly string[] => text.split(',').flatMap((id) => id.trim() || []);
