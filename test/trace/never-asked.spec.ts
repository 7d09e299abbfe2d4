import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { filesBelow } from './denied-names.js';

/** What nobody of the staff may ask a person for: another rating, silence, the giving up of a right. */
const ASKED =
  /息访|息诉|罢访|停访|改评价|改成满意|(?:不再|停止)(?:上访|信访|反映)|放弃(?:反映|上访|信访|申诉|复查)|承诺不/g;
/** How far before it a word forbids it. */
const REACH = 15;

const askedFor = (text: string): readonly string[] =>
  [...text.matchAll(ASKED)].flatMap(({ 0: found, index }) =>
    /不得|不写|不能/.test(text.slice(Math.max(0, index - REACH), index)) ? [] : [found],
  );

describe('forms, letters and steps', () => {
  const files = ['workflows', 'forms'].flatMap((folder) => filesBelow(folder, '.json', '.bpmn', '.dmn', '.hbs', '.md'));

  it.each(files)('%s asks nobody for a rating, silence or the giving up of a right', (path) => {
    expect(askedFor(readFileSync(path, 'utf8'))).toEqual([]);
  });

  it.each(['请信访人承诺不再上访', '签订息诉罢访协议', '请把评价改成满意', '放弃复查'])(
    'would be found with “%s”',
    (text) => {
      expect(askedFor(text).length).toBeGreaterThan(0);
    },
  );

  it('may say that nobody must', () => {
    expect(askedFor('任何人不得要求您改评价。')).toEqual([]);
  });
});
