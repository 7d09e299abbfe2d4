import { textsCompared, textsGiven } from './texts.js';

describe('texts that an expression may give', () => {
  it.each([
    ['="clerk"', ['clerk']],
    ['=if wish = "discipline" then ["committee"] else ["clerk", "head"]', ['committee', 'clerk', 'head']],
    ['=concatenate(["a"], if b then ["c"] else [])', ['a', 'c']],
    ['=for u in units return "handler@" + u', ['handler@…']],
    ['="post:" + portfolio post("safety")', ['post:…']],
    ['=["a", null][item != null]', ['a']],
    ['=unit name("hr")', []],
    ['=if broken', []],
  ])('of %s', (source, texts) => {
    expect(textsGiven(source).map(({ text, isWhole }) => (isWhole ? text : `${text}…`))).toEqual(texts);
  });
});

describe('texts that variables are compared with', () => {
  it.each([
    ['=channel = "letter" and not("visit" != channel)', ['channel letter', 'channel visit']],
    ['=if channel in ("letter", "visit") then 1 else 2', ['channel letter', 'channel visit']],
    ['=list contains(signs, "fire")', ['signs fire']],
    ['=case.kind = "a" or 1 = 2', []],
  ])('of %s', (source, found) => {
    expect(textsCompared(source).map(({ name, text }) => `${name} ${text}`)).toEqual(found);
  });
});
