import { asSchemaText } from './temporal-text.js';

describe('temporal text of a field', () => {
  it.each([
    ['date-time', '2026-03-02T08:05:00@Asia/Shanghai', '2026-03-02T08:05:00+08:00'],
    ['date-time', '2026-03-02T08:05:00.86@Asia/Shanghai', '2026-03-02T08:05:00.860+08:00'],
    ['date-time', '2026-03-02T08:05:00+08:00', '2026-03-02T08:05:00+08:00'],
    ['date', '2026-03-02T08:05:00@Asia/Shanghai', '2026-03-02'],
    ['date', '2026-03-02', '2026-03-02'],
    ['date-time', 'tomorrow', 'tomorrow'],
  ])('of format %s turns %s into %s', (format, text, expected) => {
    const shown = asSchemaText({ type: 'string', format }, text);

    expect(shown).toBe(expected);
  });

  it('leaves other fields alone', () => {
    const shown = asSchemaText({ type: 'string' }, '2026-03-02T08:05:00@Asia/Shanghai');

    expect(shown).toBe('2026-03-02T08:05:00@Asia/Shanghai');
  });
});
