import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { likeness, pairsOf } from './likeness.js';

const words = ['宿舍', '热水', '三号楼', '3', '，', 'Ａ', 'b', ' ', '坏了', '。', '𠮷'];
const anyText = fc.oneof(
  fc.array(fc.constantFrom(...words), { maxLength: 12 }).map((list) => list.join('')),
  fc.string({ unit: 'binary', maxLength: 20 }),
);
const anyTexts = fc.array(anyText, { maxLength: 3 });
const between = (one: string, other: string, ignores: readonly string[] = []): number =>
  likeness(pairsOf([one], { ignores }), pairsOf([other], { ignores }));

const heater = '三号宿舍楼二层公共浴室的热水器坏了，已经半个月没有热水，下夜班的人洗不了澡，报修两次都没有人来修。';
const sameHeater =
  '3号宿舍楼二层浴室热水器坏了半个月，没有热水，我们下夜班洗不了澡，报修了两次没有人来修，冬天太冷了。';
const otherOfDormitory = '五号宿舍楼四层的走廊灯全都不亮，晚上下夜班回来看不见路，摔倒过一个人，报修两次都没有人来修。';

describe('likeness of texts', () => {
  it('is symmetric, between 0 and 1, and 1 exactly for the same pairs', () => {
    fc.assert(
      fc.property(anyTexts, anyTexts, (some, others) => {
        const [one, other] = [pairsOf(some), pairsOf(others)];
        const value = likeness(one, other);
        expect(value).toBe(likeness(other, one));
        expect(value).toBeGreaterThanOrEqual(0);
        expect(value).toBeLessThanOrEqual(1);
        expect(value === 1).toBe([...one].toSorted().join(' ') === [...other].toSorted().join(' '));
        expect(likeness(one, pairsOf(some))).toBe(1);
      }),
    );
  });

  it('does not grow by what only one of them adds', () => {
    fc.assert(
      fc.property(anyTexts, anyTexts, (some, others) => {
        const [one, other] = [pairsOf(some), pairsOf(others)];
        const longer = new Set([...one, '只有', '这里', '才写']);
        expect(likeness(longer, other)).toBeLessThanOrEqual(one.size + other.size === 0 ? 0 : likeness(one, other));
      }),
    );
  });

  it.each([
    ['width and case', 'ＡＢＣ公司３号门', 'abc公司3号门'],
    ['punctuation and space', '热水器坏了，没有热水。', ' 热水器坏了 没有热水！'],
    ['ways to write a digit', '三号楼两次', '3号楼2次'],
  ])('takes no notice of %s', (_what, one, other) => {
    expect(between(one, other)).toBe(1);
  });

  it('is high for one matter in two people’s words, and low for another of the same place and trouble', () => {
    expect(between(heater, sameHeater)).toBeGreaterThan(0.6);
    expect(between(heater, otherOfDormitory)).toBeLessThan(0.45);
  });

  it('is low for different claims in one template, whose phrases are named', () => {
    const template = (what: string): string =>
      `尊敬的领导：您好！我是综采队职工，现反映${what}，多次反映没有答复，恳请领导核实处理，尽快给予书面答复。谢谢！`;
    const ignores = [
      '尊敬的领导',
      '您好',
      '我是综采队职工',
      '现反映',
      '多次反映没有答复',
      '恳请领导核实处理',
      '尽快给予书面答复',
      '谢谢',
    ];
    const wages = template('今年三月夜班津贴少发四百元');
    const canteen = template('食堂饭菜变质吃坏肚子');

    expect(between(wages, canteen, ignores)).toBeLessThan(0.1);
    expect(between(wages, wages, ignores)).toBe(1);
  });

  it('leaves out a longer phrase before a shorter one in it, and joins nothing across it', () => {
    expect([...pairsOf(['请领导核实一下'], { ignores: ['领导', '请领导核实'] })]).toEqual(['1下']);
    expect([...pairsOf(['甲乙领导丙丁'], { ignores: ['领导', '，'] })]).toEqual(['甲乙', '丙丁']);
  });

  it('joins no two texts', () => {
    expect([...pairsOf(['甲乙', '丙丁', '戊'])]).toEqual(['甲乙', '丙丁', '戊']);
  });
});
