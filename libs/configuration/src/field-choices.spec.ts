import type { FormFile } from '#forms';
import { fieldChoices } from './field-choices.js';

const form = (properties: object): FormFile =>
  ({ id: 'F', title: '登记', schema: { type: 'object', properties } }) as unknown as FormFile;

describe('what the fields of all forms choose from', () => {
  it('names the dictionary or source of a field, of its list and of the fields in a list', () => {
    const forms = [
      form({
        channel: { type: 'string', 'x-dictionary': 'channel' },
        signs: { type: 'array', items: { type: 'string', 'x-dictionary': 'urgentSigns' } },
        claims: { type: 'array', items: { type: 'object', properties: { unit: { 'x-source': 'units' } } } },
        note: { type: 'string' },
      }),
    ];

    expect(fieldChoices(forms)).toEqual([
      { field: 'channel', dictionary: 'channel' },
      { field: 'signs', dictionary: 'urgentSigns' },
      { field: 'unit', source: 'units' },
    ]);
  });

  it('tells each choice of a field once, however many forms ask it', () => {
    const asked = form({ level: { 'x-dictionary': 'level' } });

    const found = fieldChoices([asked, asked, form({ level: { 'x-dictionary': 'disputeLevel' } })]);

    expect(found).toEqual([
      { field: 'level', dictionary: 'level' },
      { field: 'level', dictionary: 'disputeLevel' },
    ]);
  });
});
