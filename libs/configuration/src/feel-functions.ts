import { calendarFunctions, type Calendar } from '#calendar';
import { dateCN, dateTimeCN } from '#documents';
import { FeelDate, FeelDateTime, fromJson, type FeelFunction } from '#feel';
import { organizationFunctions } from './organization-functions.js';
import type { DictionariesFile, OrganizationFile, ParametersFile, PortfoliosFile } from './settings.js';

interface Sources {
  readonly calendar: Calendar;
  readonly parameters: ParametersFile;
  readonly organization: OrganizationFile;
  readonly portfolios: PortfoliosFile;
  readonly dictionaries: DictionariesFile;
}

/**
 * What expressions of a set may call besides FEEL itself: the working-day functions of its calendar, those of its
 * organization, `parameter(name)` and `dictionary label(dict, value)`; null for names that are not there. `date label(date)`
 * and `date time label(date)` say a moment as the printed documents do.
 */
export function feelFunctionsOf({
  calendar,
  parameters,
  organization,
  portfolios,
  dictionaries,
}: Sources): Readonly<Record<string, FeelFunction>> {
  const parameter = (name: unknown) =>
    typeof name === 'string' && Object.hasOwn(parameters, name) ? fromJson(parameters[name]?.value ?? null) : null;
  const label = (dictionary: unknown, value: unknown) => {
    const entries =
      typeof dictionary === 'string' && Object.hasOwn(dictionaries, dictionary) ? dictionaries[dictionary] : undefined;
    return entries?.find((entry) => entry.value === value)?.label ?? null;
  };
  const said = (value: unknown, say: typeof dateCN) => {
    if (value === null || value === undefined) return null;
    const text = value instanceof FeelDate || value instanceof FeelDateTime ? value.toString() : value;
    return say(text, calendar.timeZone);
  };
  return {
    ...calendarFunctions(calendar),
    ...organizationFunctions({ organization, portfolios }),
    parameter: { parameters: ['name'], invoke: ([name]) => parameter(name) },
    'dictionary label': { parameters: ['dict', 'value'], invoke: ([dictionary, value]) => label(dictionary, value) },
    'date label': { parameters: ['date'], invoke: ([date]) => said(date, dateCN) },
    'date time label': { parameters: ['date'], invoke: ([date]) => said(date, dateTimeCN) },
  };
}
