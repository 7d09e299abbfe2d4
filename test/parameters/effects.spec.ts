import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from '@jest/globals';
import {
  compileConfiguration,
  computeDeadlines,
  readFolder,
  type ConfigurationSet,
  type ConfigurationSource,
  type DeadlineFacts,
} from '#configuration';
import { effectiveSchema } from '#forms';
import { renderDocument } from '#documents';

const path = 'workflows/parameters.json';
const timeZone = 'Asia/Shanghai';
const local = (text: string): number => Date.parse(`${text}+08:00`);
type Parameter = {
  value: unknown;
  default?: unknown;
  min?: number;
  max?: number;
  choices?: unknown[];
  clause?: string;
  statutory?: boolean;
};
const declared = JSON.parse(readFileSync(path, 'utf8')) as Record<string, Parameter>;
const limited = Object.entries(declared).filter(([, { min, choices }]) => min !== undefined || choices !== undefined);
const numbers = limited.filter(([, { max }]) => max !== undefined);

/** A plain matter of 2 March 2026, a Monday, accepted on the 4th. */
const matter = {
  registeredAt: '2026-03-02T09:00:00+08:00',
  noticeDue: '2026-03-18T00:00:00+08:00',
  acceptedAt: '2026-03-04T09:00:00+08:00',
  replyDue: '2026-05-04T00:00:00+08:00',
  leadUnit: 'hr',
};
const simple = { factsClear: true, severity: 1, nature: 'C', routeLegal: 'none', previous: 'first' };

describe('parameters of the pack', () => {
  let source: ConfigurationSource;
  const compiled = new Map<string, Promise<Awaited<ReturnType<typeof compileConfiguration>>>>();
  beforeAll(async () => void (source = await readFolder(process.cwd())));

  function compileWith(values: Readonly<Record<string, unknown>>) {
    const changed = Object.entries(values).map(([id, value]) => [id, { ...declared[id], value }]);
    const text = JSON.stringify({ ...declared, ...Object.fromEntries(changed) });
    const known =
      compiled.get(text) ?? compileConfiguration({ ...source, files: new Map(source.files).set(path, text) });
    compiled.set(text, known);
    return known;
  }

  async function setWith(values: Readonly<Record<string, unknown>> = {}): Promise<ConfigurationSet> {
    const { set, problems } = await compileWith(values);
    if (!set) throw new Error(JSON.stringify(problems));
    return set;
  }

  /** Places of `parameters.json` that are refused. */
  async function refused(values: Readonly<Record<string, unknown>>): Promise<readonly string[]> {
    const { problems } = await compileWith(values);
    return problems.filter(({ file, severity }) => file === path && severity === 'error').map((one) => one.place ?? '');
  }

  it('have a clause each, and a default that is allowed', () => {
    const strange = limited.filter(
      ([, { default: value, min, max, choices, clause }]) =>
        !clause || !(choices ? choices.includes(value) : Number(value) >= Number(min) && Number(value) <= Number(max)),
    );

    expect(strange.map(([id]) => id)).toEqual([]);
  });

  it('are all used somewhere', () => {
    const texts = [...source.files].filter(([file]) => file !== path).map(([, text]) => text);
    const unused = Object.keys(declared).filter((id) => !texts.some((text) => text.includes(id)));

    expect(unused).toEqual([]);
  });

  it('are refused past their range, each of them', async () => {
    const ids = numbers.map(([id]) => `/${id}/value`).sort();

    const above = await refused(Object.fromEntries(numbers.map(([id, { max }]) => [id, Number(max) + 1])));
    const below = await refused(Object.fromEntries(numbers.map(([id, { min }]) => [id, Number(min) - 1])));

    expect([...above].sort()).toEqual(ids);
    expect([...below].sort()).toEqual(ids);
  });

  it.each([
    ['notice.target', 4],
    ['reply.target', 31],
    ['simple.accept', 4],
    ['reps.max', 6],
    ['screening.day', 21],
    ['weekly.day', 'Sunday'],
    ['weekly.time', '23:00'],
    ['legalSet', 'law1995'],
    ['province', '别处'],
  ])('refuse a looser %s', async (id, value) => {
    expect(await refused({ [id]: value })).toEqual([`/${id}/value`]);
  });

  async function due(deadline: string, more: object, values: Readonly<Record<string, unknown>>) {
    const set = await setWith(values);
    const entry = set.readModel.deadlines.find(({ declaration }) => declaration.id === deadline)!;
    const facts: DeadlineFacts = {
      key: '1',
      processId: 'xf_main',
      caseKey: null,
      caseNo: 'XF-2026-00001',
      state: 'ACTIVE',
      publicState: null,
      drill: false,
      startAt: local('2026-03-02T09:00:00'),
      endAt: null,
      revision: 1,
      variables: { ...matter, ...more },
      steps: [],
      tasks: [],
      runs: [],
    };
    const context = { now: 0, timeZone, functions: set.feelFunctions };
    const { results, fault } = computeDeadlines(entry, facts, { context, calendar: set.calendar });
    expect(fault).toBeUndefined();
    return results.map(({ inputs }) => new Date(Number(inputs.term) + 8 * 3_600_000).toISOString().slice(0, 16));
  }

  it('notice.target and simple.accept are a goal before the limit of the notice', async () => {
    expect(await due('noticeTarget', {}, {})).toEqual(['2026-03-06T00:00']);
    expect(await due('noticeTarget', {}, { 'notice.target': 2 })).toEqual(['2026-03-05T00:00']);
    expect(await due('noticeTarget', {}, { 'simple.accept': 1 })).toEqual(['2026-03-06T00:00']);
    expect(await due('noticeTarget', simple, { 'simple.accept': 1 })).toEqual(['2026-03-04T00:00']);
    expect(await due('noticeTarget', { noticeDue: '2026-03-03T00:00:00+08:00' }, {})).toEqual(['2026-03-03T00:00']);
  });

  it('reply.target is a goal before the limit of the reply, moved by rollForward, the limit never', async () => {
    expect(await due('replyTarget', {}, {})).toEqual(['2026-04-04T00:00']);
    expect(await due('replyTarget', {}, { 'reply.target': 10 })).toEqual(['2026-03-15T00:00']);
    expect(await due('replyTarget', {}, { 'reply.target': 10, rollForward: true })).toEqual(['2026-03-17T00:00']);
    expect(await due('reply', {}, { rollForward: true })).toEqual(['2026-05-04T00:00']);
    const early = { replyDue: '2026-03-10T00:00:00+08:00' };
    expect(await due('replyTarget', early, { rollForward: true })).toEqual(['2026-03-10T00:00']);
  });

  async function nextOf(id: string, values: Readonly<Record<string, unknown>>): Promise<string> {
    const schedule = (await setWith(values)).schedules.find((one) => one.id === id)!;
    return new Date(schedule.next(local('2026-03-01T00:00'))! + 8 * 3_600_000).toISOString().slice(0, 16);
  }

  it('screening.day, weekly.day and weekly.time move what begins by itself', async () => {
    expect(await nextOf('S04', {})).toBe('2026-03-20T09:00');
    expect(await nextOf('S04', { 'screening.day': 15 })).toBe('2026-03-15T09:00');
    expect(await nextOf('S05', {})).toBe('2026-03-04T15:00');
    expect(await nextOf('S05', { 'weekly.day': 'Friday', 'weekly.time': '10:00' })).toBe('2026-03-06T10:00');
  });

  async function fieldsOf(id: string, data: object, values: Readonly<Record<string, unknown>>) {
    const set = await setWith(values);
    const form = set.forms.get(id)!;
    const evaluation = { now: 0, timeZone, functions: set.feelFunctions };
    const context = { variables: {}, dictionaries: set.dictionaries, sources: {}, evaluation };
    return effectiveSchema(form, data, context).schema.properties ?? {};
  }

  it('what the law limits is marked, so that no publication loosens it', () => {
    const limits = ['notice.days', 'reply.days', 'extension.max', 'review.file', 'review.decide', 'reps.max'];

    expect(limits.map((id) => [id, declared[id]?.statutory])).toEqual(limits.map((id) => [id, true]));
  });

  it('reps.max limits who speaks for a group, and the province does', async () => {
    const most = async (visitorCount: number, values: object) =>
      (await fieldsOf('F01', { channel: 'visit', visitorCount }, { ...values }))['representatives']?.maxItems;

    expect(await most(12, {})).toBe(5);
    expect(await most(12, { 'reps.max': 3 })).toBe(3);
    expect(await most(9, { province: '浙江' })).toBe(3);
    expect(await most(12, { province: '浙江' })).toBe(5);
  });

  it('audioRecording lets a call be recorded, with the consent of the caller', async () => {
    const asked = async (data: object, values: object) =>
      Object.keys(await fieldsOf('F02', data, { ...values })).filter((name) => name.startsWith('audio'));

    expect(await asked({ audioConsent: true }, {})).toEqual([]);
    expect(await asked({}, { audioRecording: true })).toEqual(['audioConsent']);
    expect(await asked({ audioConsent: true }, { audioRecording: true })).toEqual(['audioConsent', 'audioKept']);
  });

  it('province loads stricter limits, and never looser ones', async () => {
    expect((await setWith({ province: '浙江' })).parameters['reply.days']?.value).toBe(30);
    expect((await setWith({ province: '浙江', 'reply.days': 20 })).parameters['reply.days']?.value).toBe(20);
    expect((await setWith({ province: '内蒙古' })).parameters['reply.days']?.value).toBe(60);
  });

  it('retention.* is what the portal says before somebody reports', async () => {
    const years = { 'retention.caseYears': 20, 'retention.identityYears': 2 };

    const { portal } = await setWith(years);

    expect(portal?.privacy).toContain('身份保留2年');
    expect(portal?.privacy).toContain('内容保存20年');
  });

  it('legalSet says which rules a letter refers to', async () => {
    const letter = async (values: object): Promise<string> => {
      const set = await setWith({ ...values });
      const context = { parameters: { legalSet: set.parameters['legalSet']?.value } };
      return renderDocument(set.documents.get('T08')!.compiled, context, {
        timeZone,
        token: (key) => key,
        dictionaryLabel: (name, value) => set.dictionaries[name]?.find((one) => one.value === value)?.label,
        unitName: () => undefined,
      }).html;
    };

    expect(await letter({})).toContain('依据：《信访工作条例》第三十四条。');
    expect(await letter({ legalSet: 'law2005' })).toContain('依据：《信访条例》第三十三条。');
  });
});
