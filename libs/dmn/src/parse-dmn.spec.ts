import { scopeOf } from '#feel';
import { analyzeDecisionTable, parseDmn, type CompiledDecision } from './index.js';

const context = { now: Date.UTC(2026, 0, 1), timeZone: 'Asia/Shanghai' };
const NAMESPACE = 'https://www.omg.org/spec/DMN/20191111/MODEL/';

const file = (body: string): string =>
  `<definitions xmlns="${NAMESPACE}" id="d" name="受理" namespace="http://test">${body}</definitions>`;
const entry = (kind: string) => (text: string) => `<${kind}><text><![CDATA[${text}]]></text></${kind}>`;
const rule = (cells: string, index: number): string => {
  const [inputs = '', outputs = ''] = cells.split(' => ');
  return `<rule id="r${index + 1}">${inputs.split(' | ').map(entry('inputEntry')).join('')}${outputs.split(' | ').map(entry('outputEntry')).join('')}</rule>`;
};
const input = (text: string): string =>
  `<input label="${text}"><inputExpression><text>${text}</text></inputExpression></input>`;
const table = (attributes: string, inputs: string[], outputs: string, rules: string[]): string =>
  `<decisionTable ${attributes}>${inputs.map(input).join('')}${outputs}${rules.map(rule).join('')}</decisionTable>`;
const decision = (id: string, logic: string, requires: string[] = []): string =>
  `<decision id="${id}" name="${id}"><variable name="${id}"/>${requires.map((each) => `<informationRequirement><requiredDecision href="#${each}"/></informationRequirement>`).join('')}${logic}</decision>`;
const literal = (text: string): string => `<literalExpression><text>${text}</text></literalExpression>`;
const OUT = '<output name="结果"/>';

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

describe('refusal', () => {
  it.each([
    [
      'a cycle by its names',
      file(decision('a', literal('b'), ['b']) + decision('b', literal('a'), ['a'])),
      'dmn.cycle',
    ],
    ['FEEL that does not parse', file(decision('a', literal('1 +'))), 'dmn.feel'],
    ['a requirement that does not exist', file(decision('a', literal('1'), ['z'])), 'dmn.unknownReference'],
    ['a decision without logic', file(decision('a', '')), 'dmn.noLogic'],
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
  ])('refuses %s', async (_what, xml, code) => {
    const { model, problems } = await parseDmn(xml);

    expect(model).toBeUndefined();
    expect(problems.map((problem) => problem.code)).toContain(code);
  });
});

describe('analysis of decision tables', () => {
  async function findings(rules: string[], attributes = '', inputs = ['n']) {
    const [first] = await parsed(decision('x', table(attributes, inputs, OUT, rules)));
    return analyzeDecisionTable(first as CompiledDecision).map(({ code, place }) => `${code} ${place}`);
  }

  it('is silent about a complete table', async () => {
    expect(await findings(['< 10 => 1', '[10..20) => 2', '>= 20 => 3'])).toEqual([]);
  });

  it('finds the gap at a bound', async () => {
    expect(await findings(['< 10 => 1', '> 10 => 2'])).toEqual(['dmn.gap n: 10']);
  });

  it('finds rules that overlap', async () => {
    expect(await findings(['<= 10 => 1', '>= 10 => 2'])).toEqual(['dmn.overlap rule 1, rule 2']);
  });

  it('leaves overlaps of a FIRST table alone', async () => {
    expect(await findings(['< 10 => 1', '- => 2'], 'hitPolicy="FIRST"')).toEqual([]);
  });

  it('knows that text may be anything and a boolean only true or false', async () => {
    const rules = ['"来访" | true => 1', 'not("来访") | true => 2', '- | false => 3'];

    expect(await findings(rules, '', ['渠道', '紧急'])).toEqual([]);
    expect(await findings(['"来访" => 1'])).toEqual(['dmn.gap n: any other value']);
  });

  it('says nothing of cells that it cannot decide', async () => {
    expect(await findings(['> limit => 1', '<= limit => 2'])).toEqual([]);
  });
});
