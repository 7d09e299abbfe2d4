import { moveField, neighborOf, removeField, setFolded, setKeyword, setRequired, setUiEntry } from './form-edits.js';
import { readSections } from './form-fields.js';

const text = `{
  "id": "F01",
  "title": "登记",
  "schema": {
    "type": "object",
    "required": ["a", "rows"],
    "properties": {
      "a": { "type": "string", "title": "甲", "x-messages": { "required": "请填甲。" } },
      "b": {
        "type": "string",
        "title": "乙"
      },
      "rows": {
        "type": "array",
        "items": {
          "type": "object",
          "properties": { "one": { "type": "string" }, "two": { "type": "string" } }
        }
      }
    }
  },
  "ui": {
    "pages": [
      { "title": "一", "fields": ["a", "b"], "more": ["rows"] }
    ],
    "help": { "b": "说明", "rows.one": "一行" }
  }
}
`;

const shown = (form: string): string =>
  readSections(JSON.parse(form))!
    .map(({ part, lines }) => `${part}: ${lines.map(({ name }) => name).join(' ')}`)
    .join('; ');

describe('changing a field of a form', () => {
  it('changes the keyword and leaves every other sign as it was', () => {
    expect(setKeyword(text, 'a', ['title'], '丙')).toBe(text.replace('甲"', '丙"'));
  });

  it('leaves what the field suggests as it was', () => {
    const suggests = '"x-suggests": { "page": "p", "label": "l", "value": "v" }';
    const offering = text.replace('"title": "乙"', `"title": "乙", ${suggests}`);

    const changed = setUiEntry(setRequired(setKeyword(offering, 'b', ['title'], '丁'), 'b', true), 'help', 'b', '新');

    expect(changed).toContain(suggests);
  });

  it('takes a keyword away with undefined', () => {
    expect(setKeyword(text, 'a', ['x-messages'], undefined)).toBe(text.replace(/, "x-messages".*} }/, ' }'));
  });

  it('makes a field required and optional again', () => {
    const required = setRequired(text, 'b', true);

    expect(required).toBe(text.replace('["a", "rows"]', '["a", "rows", "b"]'));
    expect(setRequired(required, 'b', false)).toBe(text);
    expect(setRequired(required, 'b', true)).toBe(required);
  });

  it('makes a field of rows required there', () => {
    const form = JSON.parse(setRequired(text, 'rows.one', true)) as never;

    expect(form).toHaveProperty('schema.properties.rows.items.required', ['one']);
  });

  it('sets the help of a field', () => {
    expect(setUiEntry(text, 'help', 'b', '另一句')).toBe(text.replace('说明', '另一句'));
  });

  it('folds a field away and shows it again', () => {
    const folded = setFolded(text, 'b', true);

    expect(shown(folded)).toBe('fields: a; more: b rows rows.one rows.two');
    expect(shown(setFolded(folded, 'b', false))).toBe(shown(text));
  });

  it('removes a field with everything that names it', () => {
    const form = removeField(text, 'rows');

    expect(shown(form)).toBe('fields: a b');
    expect(form).not.toContain('rows');
  });

  it('moves a field within its page and over its end', () => {
    expect(shown(moveField(text, 'a', 1))).toBe('fields: b a; more: rows rows.one rows.two');
    expect(shown(moveField(text, 'b', 1))).toBe('fields: a; more: b rows rows.one rows.two');
    expect(shown(moveField(text, 'rows', -1))).toBe('fields: a b rows rows.one rows.two');
    expect(moveField(text, 'a', -1)).toBe(text);
  });

  it('moves a field of rows among them', () => {
    expect(shown(moveField(text, 'rows.one', 1))).toBe('fields: a b; more: rows rows.two rows.one');
    expect(moveField(text, 'rows.two', 1)).toBe(text);
  });

  it('names what may be chosen once a field is gone', () => {
    const sections = readSections(JSON.parse(text))!;

    expect(neighborOf(sections, 'a')?.name).toBe('b');
    expect(neighborOf(sections, 'rows')?.name).toBe('b');
  });
});
