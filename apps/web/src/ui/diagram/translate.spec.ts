import { translator } from './translate.js';

describe('words of the editors', () => {
  const translate = translator({ 'User task': '人工办理', 'Open {element}': '打开{element}' });

  it('are found whatever their capitals', () => {
    expect(translate('User Task')).toBe('人工办理');
  });

  it('take values in', () => {
    expect(translate('Open {element}', { element: '子流程' })).toBe('打开子流程');
  });

  it('stay as they are when nobody translated them', () => {
    expect(translate('Something else')).toBe('Something else');
  });
});
