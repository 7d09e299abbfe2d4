import { describe, expect, it } from '@jest/globals';
import { factsOf, lostFacts } from './xml-facts.js';

const names =
  'xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:dc="http://www.omg.org/spec/DD/20100524/DC"';
const facts = (content: string) => factsOf(`<definitions id="d" ${names}>${content}</definitions>`);
const differences = (one: string, other: string) => [
  ...lostFacts(facts(one), facts(other)),
  ...lostFacts(facts(other), facts(one)),
];
const edge = (xs: readonly number[]) =>
  `<edge id="e">${xs.map((x) => `<di:waypoint xmlns:di="http://www.omg.org/spec/DD/20100524/DI" x="${x}" y="0"/>`).join('')}</edge>`;

describe('two files say the same', () => {
  it.each([
    [
      'a formal expression by its element or by its type',
      '<formalExpression id="e">a</formalExpression>',
      '<expression id="e" xsi:type="tFormalExpression">a</expression>',
    ],
    ['a place of the diagram, however it is spelled', '<dc:Bounds x="1.0"/>', '<dc:Bounds x="1"/>'],
    ['an attribute that has its default value', '<task id="t" startQuantity="1"/>', '<task id="t"/>'],
  ])('with %s', (_name, one, other) => {
    expect(differences(one, other)).toEqual([]);
  });
});

describe('two files differ', () => {
  it.each([
    [
      'an expression that is not formal',
      '<formalExpression id="e">a</formalExpression>',
      '<expression id="e">a</expression>',
    ],
    [
      'a formal expression of a narrower type',
      '<formalExpression id="e" xsi:type="tMine"/>',
      '<formalExpression id="e"/>',
    ],
    ['the order of way points', edge([1, 2]), edge([2, 1])],
    ['a name of digits', '<task id="t" name="1.0"/>', '<task id="t" name="1"/>'],
    ['a quantity that was cut', '<task id="t" startQuantity="1.5"/>', '<task id="t"/>'],
  ])('by %s', (_name, one, other) => {
    expect(differences(one, other)).not.toEqual([]);
  });
});
