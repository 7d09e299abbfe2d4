import { choiceText } from './parameter-limits.js';

const word = (key: string, { defaultValue }: { defaultValue: string }) =>
  key === 'studio.table.value.Monday' ? '星期一' : defaultValue;

describe('a choice of a parameter', () => {
  it('is called as its file says', () => {
    expect(choiceText({ choices: ['counts', 'hide'], choiceLabels: { hide: '也隐去' } }, 'hide', word)).toBe('也隐去');
  });

  it('is called by the word that all know, or else stands as it is', () => {
    expect(choiceText({ choices: ['Monday', '09:00'] }, 'Monday', word)).toBe('星期一');
    expect(choiceText({ choices: ['Monday', '09:00'] }, '09:00', word)).toBe('09:00');
  });
});
