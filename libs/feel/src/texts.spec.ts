import { textsCompared, textsGiven, variablesGiven } from './texts.js';

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

describe('variables that an expression gives or computes with', () => {
  it.each([
    ['=working days after(from, if severity = 1 then days else urgent.days)', ['from', 'days', 'urgent']],
    ['=[a, {b: c}][item > d]', ['a', 'c']],
    ['=a > b and c', []],
    ['=some x in xs satisfies x > y', []],
    ['=date and time(due) + duration("P" + string(n) + "D")', ['due', 'n']],
  ])('of %s', (source, names) => {
    expect(variablesGiven(source)).toEqual(names);
  });
});
