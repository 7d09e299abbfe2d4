import fc from 'fast-check';
import { compileExpression, compileUnaryTests, scopeOf } from '#feel';
import { analyzeDecisionTable, parseDmn, type CompiledDecision } from './index.js';
import { allowedValues, decision, file, itemDefinition, OUT, table } from './testing/dmn-file.js';

const clock = { now: 0, timeZone: 'UTC' };

async function analyzed(rules: string[], inputs = ['n'], attributes = '', outputs = OUT, types = '') {
  const { model, problems } = await parseDmn(file(types + decision('x', table(attributes, inputs, outputs, rules))));
  expect(problems.filter(({ severity }) => severity === 'error')).toEqual([]);
  return analyzeDecisionTable(model?.decisions[0] as CompiledDecision);
}

async function findings(...args: Parameters<typeof analyzed>) {
  return (await analyzed(...args)).map(({ code, place }) => `${code.slice(4)} ${place}`);
}

describe('gaps of a decision table', () => {
  it.each([
    ['none in a complete table', ['< 10 => 1', '[10..20) => 2', '>= 20 => 3'], []],
    ['at a bound', ['< 10 => 1', '> 10 => 2'], ['gap n = 10']],
    ['between two bounds', ['<= 10 => 1', '>= 11 => 2'], ['gap n = 10.5']],
    ['beside a negation', ['not(1, [5..7]) => 1', '1 => 2', '(5..7] => 3'], ['gap n = 5']],
    ['where only some numbers are left out', ['!= 3 => 1'], ['gap n = 3']],
    ['of other text', ['"来访" => 1'], ['gap n = "other"']],
    ['of a boolean', ['true => 1'], ['gap n = false']],
    ['between texts in order', ['< "m" => 1', '> "m" => 2'], ['gap n = "m"']],
    [
      'of days, but not between two days in a row',
      ['<= date("2026-01-31") => 1', '[date("2026-02-01")..date("2026-02-10")] => 2', '> @"2026-02-11" => 3'],
      ['gap n = date("2026-02-11")'],
    ],
    [
      'of date and time',
      ['< date and time("2026-01-01T00:00:00") => 1', '> date and time("2026-01-01T00:00:00") => 1'],
      ['gap n = date and time("2026-01-01T00:00:00")'],
    ],
    [
      'of times, none before midnight',
      ['[time("00:00:00")..time("08:00:00")] => 1', '> time("09:00:00") => 2'],
      ['gap n = time("08:30:00")'],
    ],
    ['of durations', ['< duration("P1D") => 1', '>= duration("P3D") => 1'], ['gap n = duration("P1D")']],
    ['of months, none between two in a row', ['<= duration("P1M") => 1', '>= duration("P2M") => 1'], []],
    ['of null where a rule names it', ['null => 1', '< 5 => 2', '>= 5 => 3'], []],
    ['of null where a rule excludes it', ['not(null) => 1'], ['gap n = null']],
    ['none that cells of other kinds may fill', ['> limit => 1', '<= limit => 2'], []],
  ])('are found: %s', async (_what, rules, expected) => {
    expect(await findings(rules)).toEqual(expected);
  });

  it('are found across columns', async () => {
    const rules = ['"来访" | true => 1', 'not("来访") | true => 2', '"来访" | false => 3'];

    expect(await findings(rules, ['渠道', '紧急'])).toEqual(['gap 渠道 = "other", 紧急 = false']);
  });

  it('are looked for within the values of the column', async () => {
    expect(await findings(['"a" => 1'], ['n: string in "a", "b"'])).toEqual(['gap n = "b"']);
    expect(await findings(['[0..5] => 1'], ['n: number in [0..5]'])).toEqual([]);
  });

  it('are looked for within the allowed values of the type', async () => {
    const types =
      itemDefinition('t', 'u', allowedValues('<= 10')) + itemDefinition('u', 'number', allowedValues('>= 0'));

    expect(await findings(['[0..8] => 1'], ['n: t'], '', OUT, types)).toEqual(['gap n = 9']);
  });

  it('do not count where there is a default or all hits are collected', async () => {
    expect(
      await findings(
        ['1 => 1'],
        ['n'],
        '',
        '<output name="a"><defaultOutputEntry><text>1</text></defaultOutputEntry></output>',
      ),
    ).toEqual([]);
    expect(await findings(['1 => 1'], ['n'], 'hitPolicy="COLLECT"')).toEqual([]);
  });

  it('are shown up to five and then counted as more', async () => {
    const rules = ['1', '2', '3', '4', '5', '6', '7'].map((value) => `${value} | true => 1`);
    const found = await findings(rules, ['n', 'b']);

    expect(found.filter((each) => each.startsWith('gap'))).toHaveLength(5);
    expect(found).toContain('analysisMore undefined');
  });
});

describe('overlaps of a decision table', () => {
  it('are named with an example in both languages', async () => {
    expect(await analyzed(['<= 10 => 1', '>= 10 => 2'])).toEqual([
      {
        severity: 'warning',
        code: 'dmn.overlap',
        elementId: 'x',
        elementName: 'x',
        place: 'rule 1, rule 2',
        message:
          'Expected at most one rule to match but rules 1 and 2 overlap, for example at n = 10. Narrow one of them.',
        messageZh: '规则 1 与规则 2 重叠，例如 n = 10 会命中两条规则，请缩小其中一条的范围。',
      },
    ]);
  });

  it('count in UNIQUE tables, and in ANY tables where outputs differ', async () => {
    expect(await findings(['<= 10 => 1', '- => 1'], ['n'], 'hitPolicy="ANY"')).toEqual([]);
    expect(await findings(['<= 10 => 1', '- => 2'], ['n'], 'hitPolicy="ANY"')).toEqual(['overlap rule 1, rule 2']);
    expect(await findings(['< 10 => 1', '- => 2'], ['n'], 'hitPolicy="FIRST"')).toEqual([]);
  });

  it('of cells that cannot be read are supposed where their texts are equal', async () => {
    expect(await findings(['f(?) => 1', 'f(?) => 2', 'g(?) => 3'])).toEqual(['overlap rule 1, rule 2']);
  });
});

describe('unreachable rules of a decision table', () => {
  it.each([
    ['a rule behind one that takes all', ['- => 1', '5 => 2'], ['unreachable rule 2']],
    [
      'a rule behind several that take all of it together',
      ['< 5 => 1', '>= 5 => 2', '[1..9] => 3'],
      ['unreachable rule 3'],
    ],
    ['no rule that keeps one value', ['< 5 => 1', '> 5 => 2', '[1..9] => 3'], []],
  ])('of FIRST: %s', async (_what, rules, expected) => {
    const found = await findings(rules, ['n'], 'hitPolicy="FIRST"');

    expect(found.filter((each) => !each.startsWith('gap'))).toEqual(expected);
  });

  it('of FIRST are named with an input and the rule that takes it', async () => {
    const [found] = await analyzed(['- => 1', '5 => 2'], ['n'], 'hitPolicy="FIRST"');

    expect(found?.message).toMatch('all of its inputs: n = 5 goes to rule 1');
    expect(found?.messageZh).toMatch('例如 n = 5 命中规则 1');
  });

  it('of PRIORITY go by the order of output values', async () => {
    const rules = ['[1..9] => "low"', '- => "high"'];

    expect(
      await findings(
        rules,
        ['n'],
        'hitPolicy="PRIORITY"',
        '<output name="a"><outputValues><text>"high", "low"</text></outputValues></output>',
      ),
    ).toEqual(['unreachable rule 1']);
    expect(
      await findings(
        rules,
        ['n'],
        'hitPolicy="PRIORITY"',
        '<output name="a"><outputValues><text>"low", "high"</text></outputValues></output>',
      ),
    ).toEqual([]);
  });

  it('are those too whose cell no allowed value meets', async () => {
    expect(await findings(['> 5 => 1', '- => 2'], ['n: number in [0..5]'])).toEqual(['unreachable rule 1']);
    expect(await findings(['[9..1] => 1', '- => 2'])).toEqual(['unreachable rule 1']);
  });
});

describe('analysis of a large table', () => {
  const large = (columns: number, rules: number, cell: (rule: number, column: number) => string) =>
    Array.from(
      { length: rules },
      (_, row) => `${Array.from({ length: columns }, (__, column) => cell(row, column)).join(' | ')} => 1`,
    );
  const names = (columns: number) => Array.from({ length: columns }, (_, column) => `c${column}`);

  it('finds the one gap in 1,000 rules', async () => {
    const rules = large(1, 1_000, (row) => (row === 500 ? `(${row}..${row + 1})` : `[${row}..${row + 1})`));

    expect(await findings(['< 0 => 1', '>= 1000 => 1', ...rules])).toEqual(['gap n = 500']);
  });

  it('says where it stopped', async () => {
    const rules = large(
      8,
      300,
      (row, column) => `not(${(row * 7 + column * 13) % 97}, ${(row * 5 + column * 3) % 89})`,
    );
    const found = await analyzed(rules, names(8), 'hitPolicy="FIRST"');

    expect(found.map(({ code, place, messageZh }) => ({ code, place, messageZh }))).toContainEqual({
      code: 'dmn.analysisStopped',
      place: expect.stringMatching(/^(?:rule \d+|40000 steps)$/) as string,
      messageZh: expect.stringContaining('检查止于') as string,
    });
  });
});

describe('laws of the analysis', () => {
  const NUMBERS = ['1', '2', '3', '4'];
  const number = fc.constantFrom(...NUMBERS);
  const text = fc.constantFrom('"a"', '"b"', '"c"');
  const simple = fc.oneof(
    number,
    fc.tuple(fc.constantFrom('<', '<=', '>', '>=', '='), number).map((parts) => parts.join(' ')),
    fc
      .tuple(fc.constantFrom('[', '('), number, number, fc.constantFrom(']', ')'))
      .map(([open, low, high, close]) => `${open}${low}..${high}${close}`),
    fc.constant('null'),
  );
  const tests = (part: fc.Arbitrary<string>) =>
    fc.oneof(
      { weight: 1, arbitrary: fc.constant('-') },
      { weight: 3, arbitrary: fc.array(part, { minLength: 1, maxLength: 3 }).map((parts) => parts.join(', ')) },
      {
        weight: 1,
        arbitrary: fc.array(part, { minLength: 1, maxLength: 2 }).map((parts) => `not(${parts.join(', ')})`),
      },
    );
  const tables = fc.record({
    rules: fc.array(fc.tuple(tests(simple), tests(text), tests(fc.constantFrom('true', 'false'))), {
      minLength: 1,
      maxLength: 5,
    }),
    hitPolicy: fc.constantFrom('UNIQUE', 'FIRST'),
  });
  /** All values that the cells above can part. */
  const grid = ['null', '0', '1', '1.5', '2', '2.5', '3', '3.5', '4', '5'].flatMap((n) =>
    ['"a"', '"b"', '"c"', '"other"'].flatMap((s) => ['true', 'false'].map((b) => [n, s, b])),
  );
  type Cells = readonly string[];

  const isMet = (cell: string, value: string): boolean => {
    const [compiled, given] = [compileUnaryTests(cell), compileExpression(value)];
    return (
      compiled.ok &&
      given.ok &&
      compiled.expression.evaluate(scopeOf({ '?': given.expression.evaluate(scopeOf({}), clock).value }), clock)
        .value === true
    );
  };
  const met = new Map<string, boolean>();
  const meets = (cell: string, value: string): boolean => {
    const key = `${cell} | ${value}`;
    met.set(key, met.get(key) ?? isMet(cell, value));
    return met.get(key) as boolean;
  };
  const hits = (rules: readonly Cells[], point: Cells): number[] =>
    rules.flatMap((cells, rule) =>
      cells.every((cell, column) => meets(cell, point[column] as string)) ? [rule + 1] : [],
    );
  const pointIn = (example: string): Cells =>
    ['n', 's', 'b'].map((name) => new RegExp(`${name} = ([^,]*)`).exec(example)?.[1] ?? 'null');
  const exampleOf = (message = ''): Cells =>
    pointIn(/(?:matches|at|inputs:) (n = .*|s = .*|b = .*?)(?:\. Narrow|\. Add| goes)/.exec(message)?.[1] ?? '');
  const analysis = (rules: readonly Cells[], hitPolicy: string) =>
    analyzed(
      rules.map((cells) => `${cells.join(' | ')} => 1`),
      ['n: number', 's: string', 'b: boolean'],
      `hitPolicy="${hitPolicy}"`,
    );
  /** Null counts where a cell of the column names it. */
  const gridOf = (rules: readonly Cells[]) =>
    grid.filter(([n]) => n !== 'null' || rules.some(([cell]) => cell?.includes('null')));

  it('an example of a gap matches no rule, and there is a gap where some input matches none', async () => {
    await fc.assert(
      fc.asyncProperty(tables, async ({ rules, hitPolicy }) => {
        const gaps = (await analysis(rules, hitPolicy)).filter(({ code }) => code === 'dmn.gap');

        expect(gaps.map(({ message }) => hits(rules, exampleOf(message)))).toEqual(gaps.map(() => []));
        expect(gaps.length > 0).toBe(gridOf(rules).some((point) => hits(rules, point).length === 0));
      }),
      { numRuns: 300 },
    );
  });

  it('an example of an overlap matches both rules, and all pairs that meet are found', async () => {
    await fc.assert(
      fc.asyncProperty(tables, async ({ rules }) => {
        const overlaps = (await analysis(rules, 'UNIQUE')).filter(({ code }) => code === 'dmn.overlap');
        const pairs = new Set(
          gridOf(rules).flatMap((point) => {
            const matching = hits(rules, point);
            return matching.flatMap((a) => matching.filter((b) => b > a).map((b) => `rule ${a}, rule ${b}`));
          }),
        );

        expect(new Set(overlaps.map(({ place }) => place))).toEqual(pairs);
        expect(
          overlaps.map(
            ({ message, place }) =>
              hits(rules, exampleOf(message)).filter((rule) => place?.match(/\d+/g)?.includes(String(rule))).length,
          ),
        ).toEqual(overlaps.map(() => 2));
      }),
      { numRuns: 300 },
    );
  });

  it('an unreachable rule decides nothing, and every rule that decides nothing is found', async () => {
    await fc.assert(
      fc.asyncProperty(tables, async ({ rules }) => {
        const unreachable = (await analysis(rules, 'FIRST')).filter(({ code }) => code === 'dmn.unreachable');
        const deciding = new Set(gridOf(rules).flatMap((point) => hits(rules, point).slice(0, 1)));
        const idle = rules.flatMap((_, rule) => (deciding.has(rule + 1) ? [] : [`rule ${rule + 1}`]));

        expect(new Set(unreachable.map(({ place }) => place))).toEqual(new Set(idle));
      }),
      { numRuns: 300 },
    );
  });
});
