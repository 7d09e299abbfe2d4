import { placeInTable } from './decision-places.js';

const xml = `<definitions name="所有">
  <decision id="D1" name="办理期限">
    <decisionTable id="D1_table">
      <input id="D1_in1" label="内容类别"><inputExpression id="D1_e1"/></input>
      <output id="D1_out1" name="days" label="天数"/>
      <rule id="D1_r1"><inputEntry id="D1_r1_i1"/></rule>
      <rule id="D1_r2"></rule>
    </decisionTable>
  </decision>
  <dmn:decision name="谁来签" id="D2"><dmn:rule id="D2_r1"/></dmn:decision>
</definitions>`;

describe('the place of an element of a decision table', () => {
  it.each([
    ['D1_r2', { decision: '办理期限', row: 2 }],
    ['D1_r1_i1', { decision: '办理期限', row: 1 }],
    ['D2_r1', { decision: '谁来签', row: 1 }],
    ['D1_out1', { decision: '办理期限', column: '天数' }],
    ['D1', { decision: '办理期限' }],
  ])('%s', (id, expected) => {
    expect(placeInTable(xml, id)).toEqual(expected);
  });

  it('is not told of what the file does not have', () => {
    expect(placeInTable(xml, 'other')).toBeUndefined();
  });
});
