import { FIELD_KINDS } from '../features/studio/form/add-field.js';
import { limitsOf } from '../features/studio/form/field-limits.js';
import { studioForms as en } from './en/studio-forms.js';
import { studioForms as zh } from './zh/studio-forms.js';

const keysOf = (value: unknown, path = ''): string[] =>
  typeof value === 'object' && value !== null
    ? Object.entries(value).flatMap(([name, part]) => keysOf(part, `${path}.${name}`))
    : [path];

describe('words of the field editor', () => {
  it('are said in both languages', () => {
    expect(keysOf(en).sort()).toEqual(keysOf(zh).sort());
  });

  it.each(FIELD_KINDS)('name the kind %s and its limits', (kind) => {
    const words = [
      `.studio.fields.kind_${kind}`,
      ...(limitsOf[kind] ?? []).map((one) => `.studio.fields.keyword.${one}`),
    ];

    expect(keysOf(zh)).toEqual(expect.arrayContaining(words));
  });
});
