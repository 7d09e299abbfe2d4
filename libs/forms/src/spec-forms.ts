import type { FormClasses, FormContext, FormFile } from './types.js';

/** A form as an intake desk uses it; shared by the specs. */
export const intakeForm: FormFile = {
  id: 'intake',
  title: '登记',
  schema: {
    type: 'object',
    required: ['channel'],
    additionalProperties: false,
    properties: {
      channel: { type: 'string', title: '信访形式', 'x-class': 'stat', 'x-dictionary': 'channel' },
      anonymous: { type: 'boolean', title: '匿名', 'x-class': 'stat', default: false },
      name: {
        type: 'string',
        title: '姓名',
        minLength: 1,
        maxLength: 50,
        'x-class': 'ident',
        'x-visible': '=not(anonymous)',
        'x-required': '=not(anonymous)',
        'x-match': 'petitioner',
      },
      phone: {
        type: 'string',
        title: '电话',
        pattern: '^[0-9-]{7,15}$',
        'x-class': 'ident',
        'x-messages': { pattern: '请填写 7 到 15 位的电话号码' },
      },
      accusedRefs: {
        type: 'array',
        title: '被反映单位',
        'x-class': 'accused',
        'x-excludes': true,
        items: {
          type: 'object',
          properties: { kind: { type: 'string' }, ref: { type: 'string', title: '单位', 'x-source': 'units' } },
        },
      },
      demands: {
        type: 'array',
        title: '诉求',
        minItems: 1,
        items: {
          type: 'object',
          required: ['text'],
          properties: {
            kind: { type: 'string', title: '类别', 'x-class': 'stat', enum: ['wage', 'other'] },
            text: { type: 'string', title: '内容', maxLength: 500, 'x-class': 'content' },
            other: {
              type: 'string',
              title: '其他说明',
              'x-class': 'content',
              'x-visible': '=kind = "other"',
              'x-required': '=kind = "other"',
            },
          },
        },
      },
      signs: {
        type: 'array',
        title: '紧急情形',
        'x-class': 'stat',
        items: { type: 'string', 'x-dictionary': 'signs' },
      },
      headcount: { type: 'integer', title: '涉及人数', minimum: 1, 'x-class': 'stat' },
      isGroup: { type: 'boolean', title: '集体访', 'x-class': 'stat', 'x-value': '=headcount >= 5' },
      note: { type: 'string', title: '备注', 'x-class': 'open', 'x-default': '=summary' },
    },
  },
  ui: {
    pages: [
      { title: '一', fields: ['channel', 'anonymous', 'name'], more: ['phone'] },
      { fields: ['demands', 'signs'] },
    ],
  },
};

export const classes: FormClasses = [
  { id: 'ident', name: '身份', sealed: true },
  { id: 'content', name: '内容', sealed: true },
  { id: 'accused', name: '被反映对象', sealed: true },
  { id: 'stat', name: '统计', sealed: false },
  { id: 'open', name: '公开', sealed: false },
];

export const context: FormContext = {
  variables: { summary: '欠薪', stored: { $sealed: '7' }, name: { $sealed: '42' } },
  dictionaries: {
    channel: [
      { value: 'letter', label: '来信', labelEn: 'Letter' },
      { value: 'visit', label: '来访' },
    ],
    signs: [
      { value: 'threat', label: '受到威胁' },
      { value: 'danger', label: '生命危险' },
    ],
  },
  sources: { units: [{ id: 'hr', name: '人力资源部' }] },
  evaluation: { now: Date.UTC(2026, 2, 2), timeZone: 'Asia/Shanghai' },
};

/** What a client sends for the intake form when all is filled in well. */
export const goodIntake = {
  channel: 'letter',
  anonymous: false,
  name: '张三',
  demands: [{ kind: 'wage', text: '工资没有发' }],
};
