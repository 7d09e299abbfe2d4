import { describe, expect, it } from '@jest/globals';
import {
  deniedAmong,
  filesBelow,
  isDenied,
  namesInJson,
  namesOfApi,
  namesOfFile,
  namesOfPages,
  namesOfTables,
  type Allowance,
} from './denied-names.js';

/** Names that mean something else than they could: small, and each with its reason. */
const allowances: readonly Allowance[] = [
  { name: 'fingerprint', reason: 'hash of a request, by which one that is sent again is known' },
];

const configuration = ['workflows', 'forms']
  .flatMap((folder) => filesBelow(folder, '.json', '.bpmn', '.dmn', '.hbs'))
  .filter((path) => !path.endsWith('.scenarios.json'));

/** Acceptance scenario 20: whoever asks for a list of people who come again finds no screen, route, table or file of it. */
describe('names of what is kept about people', () => {
  it.each([
    'watchlist',
    'key_person',
    'riskScore',
    'risk_score',
    'location',
    'petitionerLocation',
    'lastLocation',
    'visitorMood',
    'faceImage',
    'idCardNo',
    'id_number',
    'riskLevel',
    'personScore',
    'personList',
    'personLists',
    'ipAddress',
    'client-ip',
    'deviceId',
    'DeviceID',
    'petitionerTag',
    'repeatPetitioners',
    'GPSPosition',
    '重点人员',
    '上访老户',
    '风险评分',
    '定位',
    '黑名单',
    '信访人画像',
    '身份证号',
    '稳控对象',
    '人脸照片',
    '情绪',
  ])('cannot be %s', (name) => {
    expect(isDenied(name)).toBe(true);
  });

  it.each([
    'place',
    'allocation',
    'interface',
    'surface',
    'humidity',
    'recipients',
    'deadlineId',
    'riskReported',
    'visitorCount',
    'petitionerHeard',
    'eventLevel',
    'severity',
    '地点',
    '人数',
    '重点工作',
    '定期',
    '隐患等级',
  ])('can be %s', (name) => {
    expect(isDenied(name)).toBe(false);
  });

  it('are found wherever a name may stand', () => {
    const form = { schema: { properties: { petitionerLocation: { title: '住址' }, note: { title: '风险评分' } } } };
    const found = namesInJson(form).map((name) => ({ place: 'F.form.json', name }));

    expect(deniedAmong(found, [])).toEqual(['F.form.json: petitionerLocation', 'F.form.json: 风险评分']);
    expect(deniedAmong(found, [{ name: '风险评分', reason: 'of a matter' }])).toEqual([
      'F.form.json: petitionerLocation',
    ]);
  });

  it.each(configuration)('of %s have none of them', (path) => {
    expect(deniedAmong(namesOfFile(path), allowances)).toEqual([]);
  });

  it.each([
    ['tables and columns', namesOfTables, ['case_key', 'documents']],
    ['the API, its parameters and fields', namesOfApi, ['user-tasks', 'dueDate', 'processInstanceKey']],
    ['pages', namesOfPages, ['rights', 'ledgers']],
  ] as const)('of %s have none of them', (_, read, some) => {
    const things = read();

    expect(things.map(({ name }) => name)).toEqual(expect.arrayContaining([...some]));
    expect(deniedAmong(things, allowances)).toEqual([]);
  });

  it.each([
    ['workflows/xf_main/documents/T04.hbs', 'leadUnit'],
    ['workflows/xf_main/D03.dmn', 'severity'],
    ['workflows/xf_main/xf_main.bpmn', 'caseState'],
    ['forms/F01.form.json', 'mainFacts'],
  ])('are read of %s', (path, name) => {
    expect(namesOfFile(path).map((thing) => thing.name)).toContain(name);
  });

  it('allow nothing that does not stand anywhere', () => {
    const names = new Set(
      [...configuration.flatMap(namesOfFile), ...namesOfTables(), ...namesOfApi()].map(({ name }) => name),
    );

    expect(allowances.filter(({ name }) => !names.has(name))).toEqual([]);
  });
});
