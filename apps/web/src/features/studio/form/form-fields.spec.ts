import { fieldOfPlace, readSections } from './form-fields.js';

const form = {
  id: 'F01',
  title: '登记',
  schema: {
    type: 'object',
    required: ['name'],
    properties: {
      name: { type: 'string', title: '姓名', 'x-class': 'ident' },
      people: {
        type: 'array',
        title: '同行的人',
        'x-class': 'content',
        items: {
          type: 'object',
          required: ['who'],
          properties: { who: { type: 'string', title: '谁' }, since: { type: 'string', format: 'date' } },
        },
      },
      story: { type: 'string', title: '经过', 'x-required': '=name = null' },
      number: { type: 'string', 'x-value': '="1"' },
    },
  },
  ui: {
    pages: [
      { title: '一', fields: ['story'], more: ['name'] },
      { title: '二', fields: ['people', 'gone'] },
    ],
    widgets: { story: 'textarea' },
    help: { name: '可不填' },
  },
};

describe('the fields of a form', () => {
  it('stand in the order and in the parts in which the form shows them', () => {
    const sections = readSections(form)!.map(({ title, part, lines }) => [title, part, lines.map(({ name }) => name)]);

    expect(sections).toEqual([
      ['一', 'fields', ['story']],
      ['一', 'more', ['name']],
      ['二', 'fields', ['people', 'people.who', 'people.since', 'gone']],
      ['', 'unplaced', ['number']],
    ]);
  });

  it('tell what they ask for, whether they must be filled and their class, also an inherited one', () => {
    const lines = readSections(form)!.flatMap((section) => section.lines);
    const facts = lines.map(({ kind, isRequired, isRequiredSometimes, className, depth }) =>
      [kind, isRequired, isRequiredSometimes, className, depth].join(' '),
    );

    expect(facts).toEqual([
      'longText false true  0',
      'text true false ident 0',
      'group false false content 0',
      'text true false content 1',
      'date false false content 1',
      'missing false false  0',
      'text false false  0',
    ]);
  });

  it('stand in the order of the file where the form has no pages', () => {
    const [section] = readSections({ ...form, ui: undefined })!;

    expect(section!.lines.filter(({ depth }) => depth === 0).map(({ name }) => name)).toEqual(
      Object.keys(form.schema.properties),
    );
  });

  it.each([
    [null],
    [{ schema: {} }],
    [{ ...form, schema: { type: 'object', properties: { a: true } } }],
    [{ ...form, ui: { pages: [{ fields: 'name' }] } }],
  ])('cannot be told of %j', (value) => {
    expect(readSections(value)).toBeNull();
  });

  it.each([
    ['/schema/properties/name/x-class', 'name'],
    ['/schema/properties/people/items/properties/since', 'people.since'],
    ['/ui/pages/0/more/0', 'name'],
    ['/ui/pages/1/fields/1', 'gone'],
    ['/ui/help/name', 'name'],
    ['/schema/required', null],
    ['/title', null],
    ['/ui/help/nobody', null],
  ])('are found from the place of a fault: %s', (place, name) => {
    expect(fieldOfPlace(form, place)).toBe(name);
  });
});
