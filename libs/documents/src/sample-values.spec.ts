import { renderDocument } from './render-document.js';
import { sampleValues, type SampleTerms } from './sample-values.js';
import { good, services } from './spec-documents.js';

const terms: SampleTerms = {
  titleOf: (name) => ({ subject: '信访事由', text: '内容', how: '形式' })[name],
  valueOf: (dictionary) => (dictionary === 'channel' ? 'letter' : undefined),
  unit: 'hr',
  now: Date.parse('2026-03-22T10:00:00+08:00'),
};

const printed = (source: string, isFilled = true) => {
  const template = good(source);
  return renderDocument(template, sampleValues(template, { ...terms, isFilled }), services).html;
};

describe('sample values of a template', () => {
  it('are the titles of fields in brackets, or their names', () => {
    expect(printed('{{subject}} {{lines other}} {{default subject "无"}}')).toBe('〔信访事由〕 〔other〕 〔信访事由〕');
  });

  it('fit what prints them: dates, amounts, units, values of dictionaries', () => {
    expect(printed('{{dateCN on}} {{ordinalCN turn}} {{unit where}} {{dict "channel" how}}')).toBe(
      '2026年3月22日 一 人力资源部 来信',
    );
  });

  it('are two rows for a list, with what its rows read', () => {
    expect(printed('{{#each demands}}{{@number}}{{text}};{{/each}}{{#each names}}{{this}},{{/each}}')).toBe(
      '1〔内容〕;2〔内容〕;〔names〕,〔names〕,',
    );
  });

  it('take the branch of a condition that prints more values', () => {
    expect(printed('{{#if anonymous}}匿名{{else}}{{subject}}{{/if}}')).toBe('〔信访事由〕');
    expect(printed('{{#if extended}}延期：{{subject}}{{/if}}')).toBe('延期：〔信访事由〕');
    expect(printed('{{#unless quiet}}{{subject}}{{/unless}}')).toBe('〔信访事由〕');
  });

  it('are what a text is compared with', () => {
    expect(printed('{{#if (eq channel "receptionDay")}}接待日{{else}}平日{{/if}}')).toBe('接待日');
  });

  it('are the parts of a group', () => {
    expect(printed('{{leader.name}} {{#with place}}{{text}}{{/with}}')).toBe('〔name〕 〔内容〕');
  });

  it('are nothing where a paper is asked for that nobody has filled in', () => {
    expect(printed('{{subject}}{{#each demands}}{{text}}{{else}}没有{{/each}}', false)).toBe('没有');
  });
});
