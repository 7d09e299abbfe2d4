import { calendarFunctions, type Calendar } from '#calendar';
import { fromJson, type FeelFunction } from '#feel';
import type { DictionariesFile, OrganizationFile, ParametersFile } from './settings.js';

interface Sources {
  readonly calendar: Calendar;
  readonly parameters: ParametersFile;
  readonly organization: OrganizationFile;
  readonly dictionaries: DictionariesFile;
}

/**
 * What expressions of a set may call besides FEEL itself: the working-day functions of its calendar, `parameter(name)`,
 * `unit name(id)` and `dictionary label(dict, value)`; null for names that are not there.
 */
export function feelFunctionsOf({
  calendar,
  parameters,
  organization,
  dictionaries,
}: Sources): Readonly<Record<string, FeelFunction>> {
  const units = new Map(organization.units.map(({ id, name }) => [id, name]));
  const parameter = (name: unknown) =>
    typeof name === 'string' && Object.hasOwn(parameters, name) ? fromJson(parameters[name]?.value ?? null) : null;
  const label = (dictionary: unknown, value: unknown) => {
    const entries =
      typeof dictionary === 'string' && Object.hasOwn(dictionaries, dictionary) ? dictionaries[dictionary] : undefined;
    return entries?.find((entry) => entry.value === value)?.label ?? null;
  };
  return {
    ...calendarFunctions(calendar),
    parameter: { parameters: ['name'], invoke: ([name]) => parameter(name) },
    'unit name': { parameters: ['id'], invoke: ([id]) => (typeof id === 'string' ? (units.get(id) ?? null) : null) },
    'dictionary label': { parameters: ['dict', 'value'], invoke: ([dictionary, value]) => label(dictionary, value) },
  };
}
