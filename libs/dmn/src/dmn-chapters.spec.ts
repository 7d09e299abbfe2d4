import { scopeOf } from '#feel';
import { parseDmn } from './index.js';
import {
  allowedValues,
  decision,
  definitionsOf,
  file,
  informationOf,
  inputData,
  itemDefinition,
  knowledge,
  knowledgeOf,
  literal,
  NAMESPACE,
  output,
  table,
} from './testing/dmn-file.js';

const context = { now: Date.UTC(2026, 0, 1), timeZone: 'Asia/Shanghai' };
const part = (name: string, text: string) => `<${name}>${literal(text)}</${name}>`;
const entry = (name: string, logic: string, typeRef?: string) =>
  `<contextEntry>${name === '' ? '' : `<variable name="${name}"${typeRef === undefined ? '' : ` typeRef="${typeRef}"`}/>`}${logic}</contextEntry>`;
const typed = (id: string, typeRef: string, logic: string) =>
  decision(id, logic).replace(`<variable name="${id}"/>`, `<variable name="${id}" typeRef="${typeRef}"/>`);
const withNeeds = (logic: string, ...needs: string[]) => decision('x', logic).replace('/>', `/>${needs.join('')}`);

async function result(xml: string, variables: Record<string, unknown> = {}, imports: string[] = []) {
  const { model, problems } = await parseDmn(xml, imports);
  expect(problems.filter(({ severity }) => severity === 'error')).toEqual([]);
  const found = model?.decisions.find(({ decisionId }) => decisionId === 'x')?.evaluate(scopeOf(variables), context);
  expect(found).toMatchObject({ ok: true });
  return (found as { output: unknown }).output;
}

describe('requirements (DMN 1.5, chapter 6)', () => {
  const service = (members: string, variable = '<variable name="s"/>') =>
    `<decisionService id="s" name="s">${variable}${members}</decisionService>`;
  const sum = decision('加', literal('a + b')).replace(
    '/>',
    `/>${informationOf('a', 'Input')}${informationOf('b', 'Decision')}`,
  );

  it('hide input data that is not required', async () => {
    expect(await result(file(inputData('a') + decision('x', literal('a'))), { a: 1 })).toBeNull();
  });

  it('let a service take its input data and input decisions as parameters in this order', async () => {
    const body =
      inputData('a') +
      decision('b', literal('100')) +
      sum +
      service('<outputDecision href="#加"/><inputDecision href="#b"/><inputData href="#a"/>') +
      withNeeds(literal('[s(1, 2), s(b: 5, a: 3)]'), knowledgeOf('s'));

    expect(await result(file(body))).toEqual([3, 8]);
  });

  it('let a service evaluate its encapsulated decisions itself and see nothing else', async () => {
    const body =
      inputData('a') +
      decision('b', literal('100')) +
      sum +
      service(
        '<outputDecision href="#加"/><outputDecision href="#b"/><encapsulatedDecision href="#b"/><inputData href="#a"/>',
      ) +
      withNeeds(literal('s(a: 1)'), knowledgeOf('s'));

    expect(await result(file(body), { a: 50 })).toEqual({ 加: 101, b: 100 });
  });

  it('let a knowledge model use another and itself', async () => {
    const body =
      knowledge('阶乘', ['n'], 'if n <= 1 then 1 else n * 阶乘(n - 1)') +
      knowledge('f', ['n'], '阶乘(n) + 1').replace(
        '</businessKnowledgeModel>',
        `${knowledgeOf('阶乘')}</businessKnowledgeModel>`,
      ) +
      withNeeds(literal('f(5)'), knowledgeOf('f'));

    expect(await result(file(body))).toBe(121);
  });

  it('give null for a call with a parameter of another type', async () => {
    const body =
      knowledge('f', ['n: number'], 'n + 1') + withNeeds(literal('[f("a"), f(1), f([2])]'), knowledgeOf('f'));

    expect(await result(file(body))).toEqual([null, 2, 3]);
  });

  it('bring the result of a knowledge model to the type of its variable', async () => {
    const typedVariable = knowledge('f', ['n'], 'n').replace(
      '<encapsulatedLogic>',
      '<variable name="f" typeRef="t"/><encapsulatedLogic>',
    );
    const functionType =
      '<itemDefinition name="t"><functionItem outputTypeRef="number"><parameters name="n" typeRef="Any"/></functionItem></itemDefinition>';

    expect(
      await result(file(functionType + typedVariable + withNeeds(literal('[f("a"), f(1)]'), knowledgeOf('f')))),
    ).toEqual([null, 1]);
  });

  it('see names with operators and blanks of an imported file', async () => {
    const base = definitionsOf(
      'base',
      `${inputData('a-b')}${decision('c + d', literal('2'))}${knowledge('f g', ['p q'], 'p q * 10')}`,
    );
    const needs = [
      '<informationRequirement><requiredInput href="base#a-b"/></informationRequirement>',
      '<informationRequirement><requiredDecision href="base#c + d"/></informationRequirement>',
      '<knowledgeRequirement><requiredKnowledge href="base#f g"/></knowledgeRequirement>',
    ];
    const body = `<import namespace="base" name="x y" importType="${NAMESPACE}"/>${withNeeds(literal('x y.a-b + x y.c + d + x y.f g(p q: 3)'), ...needs)}`;

    expect(await result(definitionsOf('main', body), { 'x y': { 'a-b': 1 } }, [base])).toBe(33);
  });

  it('take several imports without a name', async () => {
    const [one, two] = ['one', 'two'].map((name) =>
      definitionsOf(name, `${decision(name, literal('1'))}${itemDefinition(`t${name}`, 'number')}`),
    ) as [string, string];
    const needs = ['one', 'two'].map(
      (name) => `<informationRequirement><requiredDecision href="${name}#${name}"/></informationRequirement>`,
    );
    const imports = ['one', 'two']
      .map((name) => `<import namespace="${name}" name="" importType="${NAMESPACE}"/>`)
      .join('');
    const body = imports + typed('x', 'ttwo', literal('one + two')).replace('/>', `/>${needs.join('')}`);

    expect(await result(definitionsOf('main', body), {}, [one, two])).toBe(2);
  });

  it('refuse a type that is another name for itself', async () => {
    const { model, problems } = await parseDmn(file(itemDefinition('t', 'u') + itemDefinition('u', 't')));

    expect(model).toBeUndefined();
    expect(problems).toMatchObject([{ code: 'dmn.typeCycle', messageZh: '类型不能以自身定义：t -> u -> t。' }]);
  });
});

describe('types (DMN 1.5, chapter 7)', () => {
  const person =
    '<itemDefinition name="t"><itemComponent name="age"><typeRef>number</typeRef></itemComponent><itemComponent name="tags" isCollection="true"><typeRef>string</typeRef></itemComponent></itemDefinition>';

  it.each([
    ['a context with its components', '{age: 3, tags: ["a"]}', { age: 3, tags: ['a'] }],
    ['a component of one value for a list', '{age: [3], tags: "a"}', { age: 3, tags: ['a'] }],
    ['a context without one of them', '{age: 3}', null],
    ['a component of another type', '{age: "3", tags: []}', null],
    ['more components than the type has', '{age: 3, tags: [], x: 1}', { age: 3, tags: [], x: 1 }],
  ])('check %s', async (_what, text, expected) => {
    expect(await result(file(person + typed('x', 't', literal(text))))).toEqual(expected);
  });

  it('read input data from JSON: text as date and time, one item as a list', async () => {
    const body =
      inputData('day', 'date') +
      inputData('l', 't') +
      itemDefinition('t', 'date', '', 'isCollection="true"') +
      withNeeds(literal('[day.year, l[1].month]'), informationOf('day', 'Input'), informationOf('l', 'Input'));

    expect(await result(file(body), { day: '2026-05-01', l: '2026-07-01' })).toEqual([2026, 7]);
  });

  it('give null for input data of another type or with a value that is not allowed', async () => {
    const body =
      itemDefinition('t', 'number', allowedValues('> 0')) +
      inputData('a', 't') +
      withNeeds(literal('a'), informationOf('a', 'Input'));

    expect(await result(file(body), { a: -1 })).toBeNull();
    expect(await result(file(body), { a: 'text' })).toBeNull();
    expect(await result(file(body), { a: 2 })).toBe(2);
  });

  it.each([
    ['a date becomes UTC midnight', 'date and time', 'date("2026-01-02")', '2026-01-02T00:00:00Z'],
    ['text is no date', 'date', '"2026-01-02"', null],
    ['a list of one is its item', 'number', '[1]', 1],
    ['a list of two is none', 'number', '[1, 2]', null],
    ['a number is no text', 'string', '1', null],
    ['any value is Any', 'Any', '[1, "a"]', [1, 'a']],
    ['a range', 'range', '[1..3]', '[1..3]'],
  ])('convert without loss: %s', async (_what, typeRef, text, expected) => {
    expect(await result(file(typed('x', typeRef, literal(text))))).toEqual(expected);
  });

  it('are known to instance of', async () => {
    expect(
      await result(
        file(
          person +
            decision('x', literal('[{age: 3, tags: []} instance of t, {age: 3} instance of t, 5 instance of t]')),
        ),
      ),
    ).toEqual([true, false, false]);
  });

  it('may hold values of their own type', async () => {
    const tree =
      '<itemDefinition name="t"><itemComponent name="n"><typeRef>number</typeRef></itemComponent><itemComponent name="below" isCollection="true"><typeRef>t</typeRef></itemComponent></itemDefinition>';

    expect(await result(file(tree + typed('x', 't', literal('{n: 1, below: [{n: 2, below: []}]}'))))).toEqual({
      n: 1,
      below: [{ n: 2, below: [] }],
    });
    expect(await result(file(tree + typed('x', 't', literal('{n: 1, below: [{n: "2", below: []}]}'))))).toBeNull();
  });
});

describe('decision tables (DMN 1.5, chapter 8)', () => {
  const tableOf = (attributes: string, outputs: string[], rules: string[], inputs = ['n']) =>
    file(decision('x', table(attributes, inputs, outputs.map(output).join(''), rules)));

  it.each([
    ['Rule-as-Row', 'preferredOrientation="Rule-as-Row"'],
    ['Rule-as-Column', 'preferredOrientation="Rule-as-Column"'],
    ['CrossTable', 'preferredOrientation="CrossTable"'],
  ])('mean the same when drawn as %s', async (_what, attributes) => {
    expect(await result(tableOf(attributes, ['a'], ['1 | "a" => 5', '2 | - => 6'], ['n', 'm']), { n: 1, m: 'a' })).toBe(
      5,
    );
  });

  it.each([
    ['one value in order of the first column, then the second', 'PRIORITY', { a: 'high', b: 1 }],
    [
      'all values in that order',
      'OUTPUT ORDER',
      [
        { a: 'high', b: 1 },
        { a: 'high', b: 2 },
        { a: 'low', b: 1 },
      ],
    ],
  ])('give %s', async (_what, hitPolicy, expected) => {
    const rules = ['- => "low" | 1', '- => "high" | 2', '- => "high" | 1'];

    expect(
      await result(tableOf(`hitPolicy="${hitPolicy}"`, ['a in "high", "low"', 'b in 1, 2'], rules), { n: 1 }),
    ).toEqual(expected);
  });

  it('let ANY compare outputs of several columns', async () => {
    expect(
      await result(tableOf('hitPolicy="ANY"', ['a', 'b'], ['- => 1 | {k: [1]}', '1 => 1 | {k: [1]}']), { n: 1 }),
    ).toEqual({ a: 1, b: { k: [1] } });
  });

  it('collect contexts of several columns and count none as zero', async () => {
    expect(await result(tableOf('hitPolicy="COLLECT"', ['a', 'b'], ['- => 1 | 2', '1 => 3 | 4']), { n: 1 })).toEqual([
      { a: 1, b: 2 },
      { a: 3, b: 4 },
    ]);
    expect(await result(tableOf('hitPolicy="COLLECT" aggregation="COUNT"', ['a'], ['2 => 1']), { n: 1 })).toBe(0);
    expect(await result(tableOf('hitPolicy="COLLECT" aggregation="SUM"', ['a'], ['2 => 1']), { n: 1 })).toBeNull();
    expect(
      await result(tableOf('hitPolicy="COLLECT" aggregation="MAX"', ['a'], ['- => "a"', '- => "b"']), { n: 1 }),
    ).toBe('b');
  });

  it('give the default of each column when no rule matches', async () => {
    expect(await result(tableOf('', ['a else 7', 'b'], ['2 => 1 | 1']), { n: 1 })).toEqual({ a: 7, b: null });
    expect(await result(tableOf('hitPolicy="COLLECT" aggregation="SUM"', ['a else 7'], ['2 => 1']), { n: 1 })).toBe(7);
  });

  it('give null for an input that is none of the input values', async () => {
    const xml = tableOf('', ['a else 9'], ['- => 1'], ['n: number in [0..5]']);

    expect(await result(xml, { n: 6 })).toBeNull();
    expect(await result(xml, { n: 5 })).toBe(1);
  });

  it('give null for an output that is none of the output values', async () => {
    expect(await result(tableOf('', ['a: string in "x", "y"'], ['1 => "z"', '2 => "y"']), { n: 1 })).toBeNull();
    expect(await result(tableOf('', ['a: string in "x", "y"'], ['1 => "z"', '2 => "y"']), { n: 2 })).toBe('y');
  });

  it.each([
    ['the value itself', '? > 3 and ? < 6', 5, 1],
    ['a function of the value', 'string length(?) > 2', 'abc', 1],
    ['a list of the value', 'list contains(?, 2)', [1, 2], 1],
    ['another input', '> m', 5, 1],
    ['null', 'null', null, 1],
    ['a condition that cannot be decided', '? + "a" > 3', 5, null],
  ])('test %s', async (_what, cell, n, expected) => {
    expect(await result(tableOf('', ['a'], [`${cell} => 1`]), { n, m: 4 })).toBe(expected);
  });

  it('stand in knowledge models and in contexts', async () => {
    const inner = table('', ['n'], output('a'), ['< 5 => "small"', '>= 5 => "big"']);
    const body =
      knowledge('f', ['n'], inner.replaceAll(' id="', ' id="f')) +
      withNeeds(
        `<context>${entry('n', literal('7'))}${entry('size', inner)}${entry('other', literal('f(2)'))}</context>`,
        knowledgeOf('f'),
      );

    expect(await result(file(body))).toEqual({ n: 7, size: 'big', other: 'small' });
  });

  it('order outputs by the allowed values of their type', async () => {
    const types = itemDefinition('t', 'string', allowedValues('"high", "low"'));
    const rules = ['- => "low"', '- => "high"'];

    expect(
      await result(file(types + decision('x', table('hitPolicy="PRIORITY"', ['n'], output('a: t'), rules))), { n: 1 }),
    ).toBe('high');
  });
});

describe('boxed expressions (DMN 1.5, 10.2)', () => {
  const row = (...cells: string[]) => `<row>${cells.map((each) => literal(each)).join('')}</row>`;

  it.each([
    [
      'entries that read those before them',
      `<context>${entry('a', literal('1'))}${entry('b', literal('a + 1'))}</context>`,
      { a: 1, b: 2 },
    ],
    [
      'an entry of another type',
      `<context>${entry('a', literal('"x"'), 'number')}${entry('b', literal('a = null'))}</context>`,
      { a: null, b: true },
    ],
    [
      'an entry that fails',
      `<context>${entry('a', literal('1 + "x"'))}${entry('b', literal('2'))}</context>`,
      { a: null, b: 2 },
    ],
    [
      'an entry by a strange name',
      `<context>${entry('__proto__', literal('1'))}${entry('b', literal('2'))}</context>`,
      JSON.parse('{"__proto__": 1, "b": 2}'),
    ],
    [
      'a function among the entries',
      `<context>${entry('f', `<functionDefinition><formalParameter name="n" typeRef="number"/>${literal('n * 2')}</functionDefinition>`)}${entry('', literal('[f(2), f("a")]'))}</context>`,
      [4, null],
    ],
    [
      'a relation with typed columns and a missing cell',
      `<relation><column name="a" typeRef="number"/><column name="b"/>${row('1', '2')}${row('"x"')}</relation>`,
      [
        { a: 1, b: 2 },
        { a: null, b: null },
      ],
    ],
    [
      'a list with a type for each element',
      `<list>${literal('1', 'string')}${literal('"a"', 'string')}</list>`,
      [null, 'a'],
    ],
    [
      'a loop over a range without brackets',
      `<for iteratorVariable="i">${part('in', '3..1')}${part('return', 'i')}</for>`,
      [3, 2, 1],
    ],
    ['every over nothing', `<every iteratorVariable="i">${part('in', '[]')}${part('satisfies', 'i')}</every>`, true],
    [
      'some of what cannot be decided',
      `<some iteratorVariable="i">${part('in', '[1]')}${part('satisfies', 'i > "a"')}</some>`,
      null,
    ],
    ['a filter of null', `<filter>${part('in', 'null')}${part('match', 'true')}</filter>`, []],
    ['a filter of one value', `<filter>${part('in', '5')}${part('match', 'item > 3')}</filter>`, [5]],
    [
      'a conditional on null',
      `<conditional>${part('if', 'null')}${part('then', '1')}${part('else', '2')}</conditional>`,
      2,
    ],
    [
      'an invocation of what is no function',
      `<invocation>${literal('5')}<binding><parameter name="a"/>${literal('1')}</binding></invocation>`,
      null,
    ],
  ])('evaluate %s', async (_what, logic, expected) => {
    expect(await result(file(decision('x', logic)))).toEqual(expected);
  });

  it('bind parameters by name in any order; one without binding is null', async () => {
    const binding = (name: string, text: string) => `<binding><parameter name="${name}"/>${literal(text)}</binding>`;
    const body =
      knowledge('f', ['a', 'b', 'c'], '[a, b, c]') +
      withNeeds(`<invocation>${literal('f')}${binding('c', '3')}${binding('a', '1')}</invocation>`, knowledgeOf('f'));

    expect(await result(file(body))).toEqual([1, null, 3]);
  });

  it.each([
    ['http://www.omg.org/spec/DMN/20151101/dmn.xsd'],
    ['http://www.omg.org/spec/DMN/20180521/MODEL/'],
    ['https://www.omg.org/spec/DMN/20211108/MODEL/'],
    ['https://www.omg.org/spec/DMN/20230324/MODEL/'],
  ])('are read in the namespace %s', async (namespace) => {
    expect(await result(file(typed('x', 'feel:number', literal('1'))).replace(NAMESPACE, namespace))).toBe(1);
  });
});
