import { scopeOf } from '#feel';
import { parseDmn, type CompiledDecision } from './index.js';
import {
  decision,
  definitionsOf,
  file,
  informationOf,
  inputData,
  knowledge,
  literal,
  NAMESPACE,
  OUT,
  table,
} from './testing/dmn-file.js';

const context = { now: Date.UTC(2026, 0, 1), timeZone: 'Asia/Shanghai' };
async function parsed(body: string): Promise<readonly CompiledDecision[]> {
  const { model, problems } = await parseDmn(file(body));
  expect(problems).toEqual([]);
  return model?.decisions ?? [];
}

async function evaluated(body: string, variables: Record<string, unknown>, id = 'x') {
  const found = (await parsed(body)).find(({ decisionId }) => decisionId === id);
  return found?.evaluate(scopeOf(variables), context);
}

const graded = (attributes: string, output = OUT): string =>
  decision('x', table(attributes, ['n'], output, ['< 10 => 1', '[5..20] => 2', '> 8 => 3']));

describe('decision table', () => {
  it('gives the output of the one rule that matches, with rule and inputs', async () => {
    const body = decision('x', table('', ['人数', '渠道'], OUT, ['>= 5 | "来访" => "集体访"', '< 5 | - => "个体访"']));

    expect(await evaluated(body, { 人数: 6, 渠道: '来访' })).toEqual({
      ok: true,
      output: '集体访',
      matchedRules: { x: ['r1'] },
      inputs: { 人数: 6, 渠道: '来访' },
      ruleOutputs: [{ ruleId: 'r1', number: 1, outputs: [expect.objectContaining({ value: '集体访' })] }],
      warnings: [],
    });
  });

  it('gives null when no rule matches', async () => {
    expect(await evaluated(decision('x', table('', ['n'], OUT, ['1 => 1'])), { n: 2 })).toMatchObject({
      ok: true,
      output: null,
    });
  });

  it('gives the default output when no rule matches', async () => {
    const output = '<output name="a"><defaultOutputEntry><text>"none"</text></defaultOutputEntry></output>';

    expect(await evaluated(decision('x', table('', ['n'], output, ['1 => "one"'])), { n: 2 })).toMatchObject({
      output: 'none',
    });
  });

  it('fails when several rules of a UNIQUE table match and names them', async () => {
    expect(await evaluated(graded(''), { n: 7 })).toEqual({
      ok: false,
      code: 'severalRulesMatch',
      message: 'Expected one rule to match but rules 1, 2 do.',
    });
  });

  it.each([
    ['hitPolicy="FIRST"', 9, 1],
    ['hitPolicy="RULE ORDER"', 9, [1, 2, 3]],
    ['hitPolicy="COLLECT"', 9, [1, 2, 3]],
    ['hitPolicy="COLLECT" aggregation="SUM"', 9, 6],
    ['hitPolicy="COLLECT" aggregation="MIN"', 9, 1],
    ['hitPolicy="COLLECT" aggregation="MAX"', 9, 3],
    ['hitPolicy="COLLECT" aggregation="COUNT"', 9, 3],
    ['hitPolicy="COLLECT"', null, null],
  ])('follows %s for %j', async (attributes, n, expected) => {
    expect(await evaluated(graded(attributes), { n })).toMatchObject({ ok: true, output: expected });
  });

  it.each([
    ['PRIORITY', 3],
    ['OUTPUT ORDER', [3, 1, 2]],
  ])('orders outputs by their listed values for %s', async (hitPolicy, expected) => {
    const output = '<output name="a"><outputValues><text>3, 1, 2</text></outputValues></output>';

    expect(await evaluated(graded(`hitPolicy="${hitPolicy}"`, output), { n: 9 })).toMatchObject({ output: expected });
  });

  it('lets rules of an ANY table match together only when they agree', async () => {
    const body = decision('x', table('hitPolicy="ANY"', ['n'], OUT, ['> 1 => "a"', '> 2 => "a"', '> 3 => "b"']));

    expect(await evaluated(body, { n: 3 })).toMatchObject({ ok: true, output: 'a', matchedRules: { x: ['r1', 'r2'] } });
    expect(await evaluated(body, { n: 4 })).toMatchObject({ ok: false, code: 'rulesDisagree' });
  });

  it('gives a context for several outputs', async () => {
    const body = decision('x', table('', ['n'], '<output name="a"/><output name="b"/>', ['1 => "one" | n + 1']));

    expect(await evaluated(body, { n: 1 })).toMatchObject({ output: { a: 'one', b: 2 } });
  });

  it('reads ISO text as a date where the column asks for one', async () => {
    const dated = table('', ['day'], OUT, ['< date("2026-02-01") => "early"']).replace(
      '<inputExpression>',
      '<inputExpression typeRef="date">',
    );

    expect(await evaluated(decision('x', dated), { day: '2026-01-31' })).toMatchObject({ output: 'early' });
  });
});

describe('decision requirements', () => {
  const chain = decision('x', literal('base * 2 + case.extra'), ['base']) + decision('base', literal('amount + 1'));

  it('evaluates required decisions first', async () => {
    expect(await evaluated(chain, { amount: 4, case: { extra: 1 } })).toMatchObject({ output: 11 });
  });

  it('names what a decision reads, with what its required decisions read', async () => {
    const [first] = await parsed(chain);

    expect(first?.reads).toEqual(['case.extra', 'amount']);
  });

  it('calls business knowledge models', async () => {
    const model = `<businessKnowledgeModel id="f" name="加倍"><encapsulatedLogic><formalParameter name="n" typeRef="number"/>${literal('n * 2')}</encapsulatedLogic></businessKnowledgeModel>`;
    const caller = `<decision id="x" name="x"><knowledgeRequirement><requiredKnowledge href="#f"/></knowledgeRequirement>${literal('加倍(21)')}</decision>`;

    expect(await evaluated(model + caller, {})).toMatchObject({ output: 42 });
  });

  it('stops an evaluation that never ends', async () => {
    expect(await evaluated(decision('x', literal('count(for i in 1..1000000000 return i)')), {})).toMatchObject({
      ok: false,
      code: 'budgetExceeded',
    });
  });
});

describe('a decision requirements graph', () => {
  it('gives null for a decision without logic and warns of it', async () => {
    const { model, problems } = await parseDmn(file(decision('x', '')));

    expect(problems).toMatchObject([{ severity: 'warning', code: 'dmn.noLogic', elementId: 'x' }]);
    expect(model?.decisions[0]?.evaluate(scopeOf({}), context)).toMatchObject({ ok: true, output: null });
  });

  it('evaluates a chain of 1,000 decisions', async () => {
    const links = Array.from({ length: 999 }, (_, n) => decision(`d${n + 1}`, literal(`d${n} + 1`), [`d${n}`]));

    expect(await evaluated(decision('d0', literal('1')) + links.join(''), {}, 'd999')).toMatchObject({ output: 1000 });
  });

  it('names a cycle of 900 decisions in a short message', async () => {
    const links = Array.from({ length: 900 }, (_, n) => decision(`d${n}`, literal('1'), [`d${(n + 1) % 900}`]));
    const { problems } = await parseDmn(file(links.join('')));

    expect(problems.map(({ message }) => message)).toEqual([
      'Expected decisions not to require themselves but found d0 -> d1 -> d2 -> d3 -> d4 -> d5 -> … (900 in all).',
    ]);
  });

  it('lets a decision see only what it requires', async () => {
    const { model, problems } = await parseDmn(file(decision('a', literal('1')) + decision('x', literal('a'))));

    expect(problems).toMatchObject([{ severity: 'warning', code: 'dmn.notRequired', elementId: 'x' }]);
    expect(model?.decisions[1]?.evaluate(scopeOf({ a: 7 }), context)).toMatchObject({ ok: true, output: null });
  });

  it('stops a knowledge model that calls itself without end', async () => {
    const { model, problems } = await parseDmn(file(knowledge('f', ['n'], 'f(n + 1)')));

    expect(problems).toEqual([]);
    expect(model?.knowledgeModels[0]?.evaluate(scopeOf({ n: 1 }), context)).toMatchObject({
      ok: false,
      code: 'depthExceeded',
    });
  });

  it('calls a knowledge model and a service by the names of their parameters', async () => {
    const body =
      knowledge('f', ['n', 'm'], 'n - m') +
      inputData('a') +
      decision('x', literal('a + 1')).replace('<literal', `${informationOf('a', 'Input')}<literal`) +
      '<decisionService id="s" name="s"><outputDecision href="#x"/><inputData href="#a"/></decisionService>';
    const { model } = await parseDmn(file(body));

    expect(model?.knowledgeModels[0]?.evaluate(scopeOf({ m: 1, n: 3 }), context)).toMatchObject({ output: 2 });
    expect(model?.services[0]?.evaluate(scopeOf({ a: 4 }), context)).toMatchObject({ output: 5 });
  });
});

describe('imported files', () => {
  const base = definitionsOf(
    'base',
    inputData('价格') + decision('加价', `${informationOf('价格', 'Input')}${literal('价格 * 2')}`),
  );
  const importing = (name: string, href: string, body: string, from = 'base') =>
    definitionsOf(
      'main',
      `<import namespace="${from}" name="${name}" importType="${NAMESPACE}"/><decision id="x" name="x"><variable name="x"/><informationRequirement><requiredDecision href="${href}"/></informationRequirement>${literal(body)}</decision>`,
    );
  const result = async (xml: string, others: string[], variables: Record<string, unknown>) => {
    const { model, problems } = await parseDmn(xml, others);
    expect(problems).toEqual([]);
    return model?.decisions[0]?.evaluate(scopeOf(variables), context);
  };

  it('see their input data below the name of the import', async () => {
    const xml = importing('基础', 'base#加价', '基础.加价 + 1');

    expect(await result(xml, [base], { 基础: { 价格: 20 } })).toMatchObject({ ok: true, output: 41 });
  });

  it('share names with the file where the import has no name', async () => {
    expect(await result(importing('', 'base#加价', '加价 + 1'), [base], { 价格: 20 })).toMatchObject({ output: 41 });
  });

  it('are named in what a decision reads', async () => {
    const { model } = await parseDmn(importing('基础', 'base#加价', '基础.加价 + 1'), [base]);

    expect(model?.decisions[0]?.reads).toEqual(['基础.价格']);
  });

  it.each([
    ['that are not at hand', importing('b', 'base#加价', '1'), [], 'dmn.unknownImport'],
    ['with faults', importing('b', 'base#加价', '1'), [base.replace('价格 * 2', '价格 *')], 'dmn.brokenImport'],
    [
      'that import each other',
      importing('b', 'base#加价', '1'),
      [base.replace('<inputData', `<import namespace="main" name="m" importType="${NAMESPACE}"/><inputData`)],
      'dmn.importCycle',
    ],
    [
      'of one name',
      importing('b', 'base#加价', '1').replace(
        '<decision ',
        `<import namespace="other" name="b" importType="${NAMESPACE}"/><decision `,
      ),
      [base, definitionsOf('other', '')],
      'dmn.importName',
    ],
  ])('are refused: %s', async (_what, xml, others, code) => {
    const { model, problems } = await parseDmn(xml, others);

    expect(model).toBeUndefined();
    expect(problems.map((problem) => problem.code)).toContain(code);
  });
});

describe('types', () => {
  const typed = (type: string, text: string) =>
    `${type}<decision id="x" name="x"><variable name="x" typeRef="t"/>${literal(text)}</decision>`;
  const item = (content: string, attributes = '') =>
    `<itemDefinition name="t" ${attributes}><typeRef>number</typeRef>${content}</itemDefinition>`;

  it.each([
    ['a value of its type', item(''), '1', 1],
    ['a value of another type', item(''), '"a"', null],
    ['an allowed value', item('<allowedValues><text>1, 2</text></allowedValues>'), '2', 2],
    ['a value that is not allowed', item('<allowedValues><text>1, 2</text></allowedValues>'), '3', null],
    ['an item where a list is asked for', item('', 'isCollection="true"'), '1', [1]],
    ['a list of one where an item is asked for', item(''), '[1]', 1],
    [
      'a list that meets the constraint of the whole',
      item('<typeConstraint><text>count(?) = 2</text></typeConstraint>', 'isCollection="true"'),
      '[1, 2]',
      [1, 2],
    ],
    [
      'a list that does not meet it',
      item('<typeConstraint><text>count(?) = 2</text></typeConstraint>', 'isCollection="true"'),
      '[1]',
      null,
    ],
  ])('check %s', async (_what, type, text, expected) => {
    expect(await evaluated(typed(type, text), {})).toMatchObject({ ok: true, output: expected });
  });

  it('that do not exist are named, wherever they are referred to', async () => {
    const typed =
      '<variable name="x" typeRef="tMissing"/><literalExpression typeRef="feel:other"><text>1</text></literalExpression>';
    const { model, problems } = await parseDmn(file(`<decision id="x" name="x">${typed}</decision>`));

    expect(problems.map(({ severity, code }) => `${severity} ${code}`)).toEqual(
      Array(2).fill('warning dmn.unknownType'),
    );
    expect(problems.map(({ message }) => message).join()).toContain('"tMissing"');
    expect(model?.decisions).toHaveLength(1);
  });

  it('of output columns hold for the values of rules and for the default', async () => {
    const output =
      '<output name="a" typeRef="date"><defaultOutputEntry><text>date("2026-01-01")</text></defaultOutputEntry></output>';
    const body = decision('x', table('', ['n'], output, ['1 => date("2026-02-01")', '2 => 5']));

    expect(await evaluated(body, { n: 1 })).toMatchObject({ output: '2026-02-01', warnings: [] });
    expect(await evaluated(body, { n: 2 })).toMatchObject({ output: null, warnings: [{ code: 'type' }] });
    expect(await evaluated(body, { n: 3 })).toMatchObject({ output: '2026-01-01' });
  });
});

describe('boxed expressions', () => {
  const part = (name: string, text: string) => `<${name}>${literal(text)}</${name}>`;
  const loop = (source: string, body: string) =>
    `<for iteratorVariable="i">${part('in', source)}${part('return', body)}</for>`;

  it.each([
    [
      'an invocation of a function text',
      `<invocation>${literal('function(a) a * 2')}<binding><parameter name="a"/>${literal('4')}</binding></invocation>`,
      8,
    ],
    [
      'an invocation of a built-in',
      `<invocation>${literal('string length')}<binding><parameter name="string"/>${literal('"信访"')}</binding></invocation>`,
      2,
    ],
    ['a loop over an interval', loop('[1..3]', 'i * i'), [1, 4, 9]],
    ['a loop over null', loop('null', 'i'), null],
    ['a loop that sees its results so far', loop('[1..4]', 'if i = 1 then 1 else i + sum(partial)'), [1, 3, 7, 15]],
    ['a loop that keeps its results so far', loop('[1..3]', 'partial'), [[], [[]], [[], [[]]]]],
    ['a filter by a condition', `<filter>${part('in', '[1, 5, 9]')}${part('match', 'item > 3')}</filter>`, [5, 9]],
    ['a filter by fields', `<filter>${part('in', '[{a: 1}, {a: 5}]')}${part('match', 'a > 3')}</filter>`, [{ a: 5 }]],
    ['a filter by position', `<filter>${part('in', '[1, 5, 9]')}${part('match', '-1')}</filter>`, 9],
    [
      'a conditional',
      `<conditional>${part('if', '1 > 2')}${part('then', '"a"')}${part('else', '"b"')}</conditional>`,
      'b',
    ],
    ['some', `<some iteratorVariable="i">${part('in', '[1, 2]')}${part('satisfies', 'i > 1')}</some>`, true],
    ['every', `<every iteratorVariable="i">${part('in', '[1, 2]')}${part('satisfies', 'i > 1')}</every>`, false],
    [
      'a relation',
      `<relation><column name="a"/><column name="b"/><row>${literal('1')}${literal('2')}</row></relation>`,
      [{ a: 1, b: 2 }],
    ],
    ['a list', `<list>${literal('1')}${literal('"b"')}</list>`, [1, 'b']],
    [
      'a context whose last entry is its result',
      `<context><contextEntry><variable name="a"/>${literal('2')}</contextEntry><contextEntry>${literal('a + 1')}</contextEntry></context>`,
      3,
    ],
  ])('evaluate %s', async (_what, logic, expected) => {
    expect(await evaluated(decision('x', logic), {})).toMatchObject({ ok: true, output: expected });
  });

  it('stop a loop that copies its results without end', async () => {
    expect(await evaluated(decision('x', loop('[1..100000]', 'count(partial)')), {})).toMatchObject({
      ok: false,
      code: 'budgetExceeded',
    });
  });
});

describe('refusal', () => {
  it.each([
    [
      'a cycle by its names',
      file(decision('a', literal('b'), ['b']) + decision('b', literal('a'), ['a'])),
      'dmn.cycle',
    ],
    ['FEEL that does not parse', file(decision('a', literal('1 +'))), 'dmn.feel'],
    ['a requirement that does not exist', file(decision('a', literal('1'), ['z'])), 'dmn.unknownReference'],
    [
      'a hit policy that does not exist',
      file(decision('a', table('hitPolicy="LAST"', ['n'], OUT, ['1 => 1']))),
      'dmn.hitPolicy',
    ],
    ['a rule with too few cells', file(decision('a', table('', ['n', 'm'], OUT, ['1 => 1']))), 'dmn.ruleCells'],
    ['an id that stands twice', file(decision('a', literal('1')) + decision('a', literal('2'))), 'dmn.duplicateId'],
    ['a DOCTYPE', `<!DOCTYPE x [<!ENTITY a "b">]>${file('')}`, 'dmn.doctype'],
    ['XML that is cut off', '<definitions', 'dmn.malformedXml'],
    ['another kind of file', '<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"/>', 'dmn.notDmn'],
    ['text that is too large', `<a>${' '.repeat(2 * 1024 * 1024)}</a>`, 'dmn.tooLarge'],
    ['nesting that is too deep', '<a>'.repeat(200), 'dmn.tooDeep'],
    [
      'an external function',
      file(`<decision id="a" name="a"><functionDefinition kind="Java"/></decision>`),
      'dmn.externalFunction',
    ],
    [
      'an aggregation over several outputs',
      file(decision('a', table('hitPolicy="COLLECT" aggregation="SUM"', ['n'], OUT + OUT, ['1 => 1 | 2']))),
      'dmn.aggregation',
    ],
    [
      'values from elsewhere',
      file(decision('a', '<literalExpression><importedValues namespace="z"/></literalExpression>')),
      'dmn.importedValues',
    ],
    [
      'another language than FEEL',
      file(decision('a', '<literalExpression expressionLanguage="groovy"><text>1</text></literalExpression>')),
      'dmn.language',
    ],
    [
      'more than 1,000 nodes',
      file(Array.from({ length: 1_001 }, (_, n) => inputData(`i${n}`)).join('')),
      'dmn.tooManyNodes',
    ],
  ])('refuses %s', async (_what, xml, code) => {
    const { model, problems } = await parseDmn(xml);

    expect(model).toBeUndefined();
    expect(problems.map((problem) => problem.code)).toContain(code);
  });
});
