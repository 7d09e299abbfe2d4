import { TagLines } from './tag-lines.js';

function linesOf(xml: string): (number | undefined)[] {
  const tags = new TagLines(xml);
  const lines: (number | undefined)[] = [];
  for (let line = tags.next(); line !== undefined; line = tags.next()) lines.push(line);
  return lines;
}

describe('the lines of tags', () => {
  it('are those where opening tags begin', () => {
    expect(linesOf('<a>\n<b\nc="1"/><d/>\n</a>')).toEqual([1, 2, 3]);
  });

  it('end at each kind of line break', () => {
    expect(linesOf('<a>\r\n<b/>\r<c/>\n\n<d/></a>')).toEqual([1, 2, 3, 5]);
  });

  it('pass over comments, declarations and text that is not parsed', () => {
    expect(linesOf('<?xml version="1.0"?>\n<!-- <b>\n -->\n<!-->\n<a><![CDATA[<c>\n]]><d/></a>')).toEqual([5, 6]);
  });

  it('take signs within quotes as what they are', () => {
    expect(linesOf('<a b="x < y\n> <c/>" d=\'"\'>\n<e/></a>')).toEqual([1, 3]);
  });

  it('end with a tag that nothing closes', () => {
    expect(linesOf('<a>\n<b c="')).toEqual([1, 2]);
  });

  it('know how long each tag is', () => {
    const tags = new TagLines('<a>\n<b c=">"/></a>');
    tags.next();
    const first = tags.tagLength;
    tags.next();

    expect([first, tags.tagLength]).toEqual([3, 10]);
  });
});
