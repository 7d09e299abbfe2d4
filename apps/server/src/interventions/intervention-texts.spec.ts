import type { ProcessDefinition } from '#bpmn';
import { sentencesOf } from './intervention-texts.js';

const definitionOf = (names: Readonly<Record<string, string>>): ProcessDefinition =>
  ({ elements: Object.entries(names).map(([id, name]) => ({ id, name })) }) as unknown as ProcessDefinition;

describe('what an intervention does, in sentences', () => {
  it('tells whoever approves a migration which steps go on as others, not those that stay what they are', () => {
    const mappings = [
      { sourceElementId: 'check', targetElementId: 'look' },
      { sourceElementId: 'sign', targetElementId: 'sign' },
    ];
    const plan = { targetDefinitionKey: '7', mappings };
    const definition = definitionOf({ check: '审核', sign: '签发' });
    const target = { name: '信访', version: 3, definition: definitionOf({ look: '复核', sign: '签发' }) };

    expect(sentencesOf({ kind: 'migration', plan }, { definition, elements: new Map(), target })).toEqual([
      '改按“信访”第 3 版办理。',
      '步骤“审核”接着办成“复核”。',
    ]);
  });
});
