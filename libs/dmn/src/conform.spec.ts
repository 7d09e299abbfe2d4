import { describe, expect, it } from '@jest/globals';
import { scopeOf } from '#feel';
import { parseDmn } from './parse-dmn.js';
import { allowedValues, decision, file, itemDefinition, literal } from './testing/dmn-file.js';

const warningsOf = async (typeRef: string, text: string, definitions = '') => {
  const typed = decision('fee', literal(text)).replace(
    '<variable name="fee"/>',
    `<variable name="fee" typeRef="${typeRef}"/>`,
  );
  const { model } = await parseDmn(file(definitions + typed));
  const result = model?.decisions[0]?.evaluate(scopeOf({}), { now: 0, timeZone: 'UTC' });
  return result?.ok ? result.warnings : [];
};

describe('a value of another type', () => {
  it.each([
    ['number', '"a"', '', 'expected number but found string', '应为 number，实际为 string'],
    [
      'many',
      '["a"]',
      itemDefinition('many', 'number', '', 'isCollection="true"'),
      'expected list of number',
      'list of number',
    ],
    [
      'few',
      '9',
      itemDefinition('few', 'number', allowedValues('1, 2')),
      'number as the item definition allows it',
      '所允许的 number',
    ],
  ])('is named with the type that was expected and the remedy: %s', async (typeRef, text, definitions, en, zh) => {
    const [warning] = await warningsOf(typeRef, text, definitions);

    expect(warning).toMatchObject({
      code: 'type',
      message: expect.stringContaining(en),
      messageZh: expect.stringContaining(zh),
    });
    expect(warning?.message).toMatch(/Convert the value|Correct the value/);
  });
});
