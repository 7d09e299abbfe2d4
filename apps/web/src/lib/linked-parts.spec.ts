import { linkedParts } from './linked-parts.js';

const doors = [
  { to: '/pages/sessions', title: '接待日安排', titleEn: 'Reception days' },
  { to: '/pages/policy', title: '政策问答' },
];

describe('linked parts of a text', () => {
  it('are what it names in quotation marks', () => {
    expect(linkedParts('在“接待日安排”里看，或者问“政策问答”。', doors)).toEqual([
      { text: '在“' },
      { text: '接待日安排', to: '/pages/sessions' },
      { text: '”里看，或者问“' },
      { text: '政策问答', to: '/pages/policy' },
      { text: '”。' },
    ]);
  });

  it('are told by the English title too', () => {
    expect(linkedParts('See “Reception days”', doors)[1]).toEqual({ text: 'Reception days', to: '/pages/sessions' });
  });

  it('are none where nothing is quoted, or what is quoted is none of them', () => {
    expect(linkedParts('接待日安排', doors)).toEqual([{ text: '接待日安排' }]);
    expect(linkedParts('请用“登记来信来访”。', doors)).toEqual([{ text: '请用“登记来信来访”。' }]);
  });
});
