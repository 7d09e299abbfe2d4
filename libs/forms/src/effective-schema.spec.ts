import { effectiveSchema } from './effective-schema.js';
import { context, goodIntake, intakeForm } from './spec-forms.js';
import type { FormFile } from './types.js';

describe('effective schema', () => {
  it('takes a hidden field out of schema, pages and data', () => {
    const effective = effectiveSchema(intakeForm, { ...goodIntake, anonymous: true }, context);

    expect(effective.schema.properties).not.toHaveProperty('name');
    expect(effective.ui.pages?.[0]?.fields).toEqual(['channel', 'anonymous']);
    expect(effective.data).not.toHaveProperty('name');
    expect(effective.removed).toEqual(['/name']);
  });

  it('requires a field where its condition holds', () => {
    const { schema } = effectiveSchema(intakeForm, {}, context);

    expect(schema.required).toEqual(['channel', 'name']);
  });

  it('expands a dictionary to titled choices, in the language asked for', () => {
    const { schema } = effectiveSchema(intakeForm, {}, { ...context, language: 'en' });

    expect(schema.properties?.['channel']?.oneOf).toEqual([
      { const: 'letter', title: 'Letter' },
      { const: 'visit', title: '来访' },
    ]);
  });

  it('makes a list of dictionary values a choice of several distinct ones', () => {
    const { schema } = effectiveSchema(intakeForm, {}, context);

    expect(schema.properties?.['signs']).toMatchObject({
      uniqueItems: true,
      items: {
        oneOf: [
          { const: 'threat', title: '受到威胁' },
          { const: 'danger', title: '生命危险' },
        ],
      },
    });
  });

  it('expands units inside rows', () => {
    const { schema } = effectiveSchema(intakeForm, {}, context);

    expect(schema.properties?.['accusedRefs']?.items?.properties?.['ref']?.oneOf).toEqual([
      { const: 'hr', title: '人力资源部' },
    ]);
  });

  it('lowers the number of rows by a rule, and never raises it', () => {
    const listed = (rule: string): FormFile => ({
      id: 'f',
      title: 'f',
      schema: {
        type: 'object',
        properties: { people: { type: 'array', maxItems: 5, 'x-max-items': rule, items: { type: 'string' } } },
      },
    });
    const limits = ['=count([1, 2, 3])', '=9', '=null'].map(
      (rule) => effectiveSchema(listed(rule), {}, context).schema.properties?.['people']?.maxItems,
    );

    expect(limits).toEqual([3, 5, 5]);
  });

  it('lowers the greatest number by a rule, and never raises it', () => {
    const limitOf = (rule: string): unknown => {
      const points = { type: 'number', maximum: 20, 'x-maximum': rule } as const;
      const form: FormFile = { id: 'f', title: 'f', schema: { type: 'object', properties: { points } } };
      return effectiveSchema(form, {}, context).schema.properties?.['points']?.maximum;
    };

    expect(['=5', '=30', '=null'].map(limitOf)).toEqual([5, 20, 20]);
  });

  it('folds a field away while its condition holds', () => {
    const form: FormFile = {
      ...intakeForm,
      ui: {
        pages: [{ fields: ['channel', 'phone'], more: ['headcount'], fold: { phone: '=channel = "visit"' } }],
      },
    };
    const page = (channel: string) => effectiveSchema(form, { channel }, context).ui.pages?.[0];

    expect(page('visit')).toEqual({ fields: ['channel'], more: ['phone', 'headcount'] });
    expect(page('letter')).toEqual({ fields: ['channel', 'phone'], more: ['headcount'] });
  });

  it('computes fields and overwrites what was sent for them', () => {
    const effective = effectiveSchema(intakeForm, { headcount: 7, isGroup: false }, context);

    expect(effective.data['isGroup']).toBe(true);
    expect(effective.computed).toEqual({ '/isGroup': true });
    expect(effective.schema.properties?.['isGroup']?.readOnly).toBe(true);
  });

  it('decides row by row what a row shows', () => {
    const demands = [
      { kind: 'wage', text: 'a', other: 'dropped' },
      { kind: 'other', text: 'b', other: 'kept' },
    ];

    const effective = effectiveSchema(intakeForm, { demands }, context);

    expect(effective.data['demands']).toEqual([{ kind: 'wage', text: 'a' }, demands[1]]);
    expect(effective.removed).toEqual(['/demands/0/other']);
    expect(effective.schema.properties?.['demands']?.items?.properties).toHaveProperty('other');
    expect(effective.schema.properties?.['demands']?.['x-rows']?.[0]?.properties).not.toHaveProperty('other');
  });

  it('accepts exactly the handle where a stored value stands', () => {
    const { schema } = effectiveSchema(intakeForm, { name: { $sealed: '42' } }, context);

    expect(schema.properties?.['name']).toMatchObject({ title: '姓名', const: { $sealed: '42' }, 'x-sealed': true });
  });

  it('fills defaults from process variables only when asked', () => {
    const opened = effectiveSchema(intakeForm, {}, { ...context, applyDefaults: true });
    const sent = effectiveSchema(intakeForm, {}, context);

    expect(opened.data).toMatchObject({ note: '欠薪', anonymous: false });
    expect(sent.data).not.toHaveProperty('note');
  });

  it('drops fields that the form does not declare', () => {
    const { data } = effectiveSchema(intakeForm, { constructor: 1, extra: 2, headcount: 3 }, context);

    expect(data).toEqual({ headcount: 3, isGroup: false });
  });

  it('comes to rest when conditions contradict each other', () => {
    const paradox: FormFile = {
      id: 'p',
      title: 'p',
      schema: { type: 'object', properties: { a: { type: 'string', 'x-visible': '=a = null' } } },
    };

    const { data, removed } = effectiveSchema(paradox, { a: 'x' }, context);

    expect(data).toEqual({});
    expect(removed).toEqual(['/a']);
  });

  it('shows a field whose condition reads a stored value, so that nothing is lost', () => {
    const form: FormFile = {
      id: 's',
      title: 's',
      schema: {
        type: 'object',
        properties: { kind: { type: 'string' }, detail: { type: 'string', 'x-visible': '=kind = "other"' } },
      },
    };

    const { data } = effectiveSchema(form, { kind: { $sealed: '7' }, detail: 'x' }, context);

    expect(data).toEqual({ kind: { $sealed: '7' }, detail: 'x' });
  });

  it('gives the same answer twice and leaves its input alone', () => {
    const input = Object.freeze({ ...goodIntake });

    const first = effectiveSchema(intakeForm, input, context);
    const second = effectiveSchema(intakeForm, input, context);

    expect(second).toEqual(first);
    expect(effectiveSchema(intakeForm, first.data, context).data).toEqual(first.data);
  });
});
