import type { FormFile } from '#forms';
import { fieldTitles } from './field-titles.js';

const form = (properties: object): FormFile => ({ schema: { type: 'object', properties } }) as unknown as FormFile;

describe('titles of fields', () => {
  it('are found in lists too, the first form that has the field tells', () => {
    const rows = { type: 'array', title: '请求', items: { type: 'object', properties: { text: { title: '内容' } } } };

    const titles = fieldTitles([
      form({ subject: { title: '事由' }, demands: rows }),
      form({ text: { title: '正文' } }),
    ]);

    expect([...titles]).toEqual([
      ['subject', '事由'],
      ['demands', '请求'],
      ['text', '内容'],
    ]);
  });
});
