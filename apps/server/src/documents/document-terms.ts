import type { ConfigurationSet } from '#configuration';
import type { DocumentServices } from '#documents';

type Terms = Pick<ConfigurationSet, 'dictionaries' | 'organization'>;

/** What templates may ask of the platform: words of dictionaries, names of units and of these accounts. */
export function documentTerms(
  { dictionaries, organization }: Terms,
  accounts: ReadonlyMap<string, string> = new Map(),
): DocumentServices {
  return {
    timeZone: 'Asia/Shanghai',
    // Templates hand over text; a dictionary may hold numbers.
    dictionaryLabel: (dictionary, value) =>
      dictionaries[dictionary]?.find((entry) => String(entry.value) === value)?.label,
    unitName: (id) => organization.units.find((unit) => unit.id === id)?.name,
    accountName: (id) => accounts.get(id),
  };
}
