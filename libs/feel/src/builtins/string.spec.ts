import { type Row, valueOf } from '../../spec/value-of.js';

describe('substring and string length', () => {
  it.each<Row>([
    ['substring("foobar", 3)', 'obar'],
    ['substring("foobar", 3, 3)', 'oba'],
    ['substring("foobar", -2, 1)', 'a'],
    ['substring("\\U01F40Eab", 2)', 'ab'],
    ['substring("\\uD83D\\uDC0Eab", 1, 1)', '🐎'],
    ['substring("foobar", 0)', null],
    ['substring("foobar", 7)', null],
    ['substring("foobar", -7)', null],
    ['substring("foobar", 3, 100)', 'obar'],
    ['substring("foobar", 3, 0)', null],
    ['substring("foobar", 3, -1)', null],
    ['substring("foobar", 3, 1.8)', 'o'],
    ['substring("foobar", 3.8)', null],
    ['substring(null, 1)', null],
    ['substring("foobar", null)', null],
    ['substring("foobar", "3")', null],
    ['substring()', null],
    ['substring("foobar")', null],
    ['substring("foobar", 1, 1, 1)', null],
    ['substring(string: "foobar", start position: 3, length: 2)', 'ob'],
    ['substring(string: "foobar", start position: 3)', 'obar'],
    ['substring(string: "foobar", start: 3)', null],
    ['substring(["foobar"], 3)', 'obar'],
    ['substring("foobar", 3, null)', null],
    ['string length("foo")', 3],
    ['string length("")', 0],
    ['string length("\\U01F40E")', 1],
    ['string length(null)', null],
    ['string length(1)', null],
    ['string length(string: "abc")', 3],
    ['string length(["abc"])', 3],
    ['string length("a", "b")', null],
  ])('%s is %j', (source, expected, ...[variables]) => {
    expect(valueOf(source, variables)).toEqual(expected);
  });
});

describe('case and parts of a text', () => {
  it.each<Row>([
    ['upper case("aBc4")', 'ABC4'],
    ['upper case(string: "a")', 'A'],
    ['upper case(null)', null],
    ['upper case(4)', null],
    ['upper case("xyZ \\t\\n123")', 'XYZ \t\n123'],
    ['lower case("aBc4")', 'abc4'],
    ['lower case(null)', null],
    ['lower case([])', null],
    ['substring before("foobar", "bar")', 'foo'],
    ['substring before("foobar", "xyz")', ''],
    ['substring before("foobar", "o")', 'f'],
    ['substring before("foobar", "")', ''],
    ['substring before("", "a")', ''],
    ['substring before(null, "a")', null],
    ['substring before(string: "foobar", match: "b")', 'foo'],
    ['substring before("foobar", 1)', null],
    ['substring after("foobar", "ob")', 'ar'],
    ['substring after("", "a")', ''],
    ['substring after("foo", "")', 'foo'],
    ['substring after("foo", "x")', ''],
    ['substring after("foo", null)', null],
  ])('%s is %j', (source, expected, ...[variables]) => {
    expect(valueOf(source, variables)).toEqual(expected);
  });
});

describe('replace', () => {
  it.each<Row>([
    ['replace("abcd", "(ab)|(a)", "[1=$1][2=$2]")', '[1=ab][2=]cd'],
    ['replace("abracadabra", "bra", "*")', 'a*cada*'],
    ['replace("abracadabra", "a.*a", "*")', '*'],
    ['replace("abracadabra", "a.*?a", "*")', '*c*bra'],
    ['replace("abracadabra", "a", "")', 'brcdbr'],
    ['replace("abracadabra", "a(.)", "a$1$1")', 'abbraccaddabbra'],
    ['replace("AAAA", "A+", "b")', 'b'],
    ['replace("AAAA", "A+?", "b")', 'bbbb'],
    ['replace("darted", "^(.*?)d(.*)$", "$1c$2")', 'carted'],
    ['replace("reluctant", "r.*?t", "X")', 'Xant'],
    ['replace("0123456789", "(\\d{3})(\\d{3})(\\d{4})", "($1) $2-$3")', '(012) 345-6789'],
    ['replace("abc", "[a-z]", "#", "")', '###'],
    ['replace("AbC", "[a-z]", "#", "i")', '###'],
    ['replace("a.b.c", "[a-z]", "#", "x")', '#.#.#'],
    ['replace("hello world", "hello world", "hi", "x")', 'hello world'],
    ['replace("hello world", "hello\\ world", "hi", "x")', 'hello world'],
    ['replace("abc", "b", "$")', null],
    ['replace("abc", "b", "\\$")', 'a$c'],
    ['replace("abc", "b", "\\\\")', null],
    ['replace("abc", "b", "\\\\\\\\")', 'a\\c'],
    ['replace("abc", ".^[", "x")', null],
    ['replace("abc", "b", "x", "p")', null],
    ['replace(null, "b", "x")', null],
    ['replace("abc", null, "x")', null],
    ['replace("abc", "b", null)', null],
    ['replace("abc", "b", "x", null)', 'axc'],
    ['replace(input: "abc", pattern: "b", replacement: "x")', 'axc'],
    ['replace(input: "abc", pattern: "B", replacement: "x", flags: "i")', 'axc'],
    ['replace("abc", "(a)(b)(c)", "$3$2$1")', 'cba'],
    ['replace("abc", "(a)", "$11")', 'a1bc'],
    ['replace("abc", "(a)", "$0")', 'abc'],
  ])('%s is %j', (source, expected, ...[variables]) => {
    expect(valueOf(source, variables)).toEqual(expected);
  });
});

describe('contains, starts with, ends with', () => {
  it.each<Row>([
    ['contains("foobar", "of")', false],
    ['contains("foobar", "o")', true],
    ['contains("foobar", "")', true],
    ['contains("", "")', true],
    ['contains(null, "o")', null],
    ['contains(string: "foobar", match: "o")', true],
    ['contains("\\U01F40Eab", "\\U01F40E")', true],
    ['starts with("foobar", "fo")', true],
    ['starts with("foobar", "")', true],
    ['starts with("foobar", null)', null],
    ['ends with("foobar", "r")', true],
    ['ends with(string: "foobar", match: "x")', false],
    ['ends with("foobar", 5)', null],
  ])('%s is %j', (source, expected, ...[variables]) => {
    expect(valueOf(source, variables)).toEqual(expected);
  });
});

describe('matches', () => {
  it.each<Row>([
    ['matches("foobar", "^fo*b")', true],
    ['matches("abracadabra", "bra")', true],
    ['matches("abracadabra", "^a.*a$")', true],
    ['matches("abracadabra", "^bra")', false],
    ['matches("hello\\nworld", "hello.*world")', false],
    ['matches("hello\\nworld", "hello.*world", "s")', true],
    ['matches("a\\nb", "^b$", "m")', true],
    ['matches("a\\nb", "^b$")', false],
    ['matches("ABC", "abc", "i")', true],
    ['matches("hello world", "hello world", "x")', false],
    ['matches("helloworld", "hello world", "x")', true],
    ['matches("hello world", "hello[ ]world", "x")', true],
    ['matches("hello world", "hello\\sworld", "x")', true],
    ['matches("abc", "[b", "")', null],
    ['matches("abc", "b", "i", "x")', null],
    ['matches(null, "b")', null],
    ['matches("abc", null)', null],
    ['matches(input: "abc", pattern: "b")', true],
    ['matches("abcd", "(?i)ABCD")', true],
    ['matches("x", "[A-Z-[OI]]", "i")', true],
    ['matches("O", "[A-Z-[OI]]")', false],
    ['matches("abc", "\\p{L}+")', true],
    ['matches("信访", "^\\p{L}{2}$")', true],
    ['matches("信", "\\p{IsCJKUnifiedIdeographs}")', true],
    ['matches("aa", "(a)\\1")', null],
    ['matches("ab", "(?:a)b")', true],
    ['matches("a", "\\i")', true],
    ['matches("a-1", "^\\i\\c*$")', true],
    ['matches("", "")', true],
  ])('%s is %j', (source, expected, ...[variables]) => {
    expect(valueOf(source, variables)).toEqual(expected);
  });
});

describe('split and string join', () => {
  it.each<Row>([
    ['split("John Doe", "\\s")', ['John', 'Doe']],
    ['split("a;b;c;;", ";")', ['a', 'b', 'c', '', '']],
    ['split("", ";")', ['']],
    ['split("abc", "")', ['a', 'b', 'c']],
    ['split(null, ";")', null],
    ['split("a", null)', null],
    ['split(string: "a b", delimiter: " ")', ['a', 'b']],
    ['split("a", "[")', null],
    ['string join(["a","b","c"], "_and_")', 'a_and_b_and_c'],
    ['string join(["a","b","c"], "")', 'abc'],
    ['string join(["a","b","c"], null)', 'abc'],
    ['string join(["a"], "X")', 'a'],
    ['string join(["a",null,"c"], "X")', 'aXc'],
    ['string join([], "X")', ''],
    ['string join(["a","b","c"])', 'abc'],
    ['string join("a", "X")', 'a'],
    ['string join(["a", 1], "X")', null],
    ['string join(null)', null],
    ['string join(list: ["a","c"], delimiter: "X")', 'aXc'],
    ['string join(["a","b"], ", ", "[", "]")', '[a, b]'],
    ['string join([null], "X")', ''],
    ['string join(["a"], 1)', null],
  ])('%s is %j', (source, expected, ...[variables]) => {
    expect(valueOf(source, variables)).toEqual(expected);
  });
});

describe('string', () => {
  it.each<Row>([
    ['string(1.1)', '1.1'],
    ['string(null)', null],
    ['string(from: 1)', '1'],
    ['string(true)', 'true'],
    ['string("a")', 'a'],
    ['string([1,2,"a"])', '[1, 2, "a"]'],
    ['string({a: 1, b: "x", "c d": [null]})', '{a: 1, b: "x", c d: [null]}'],
    ['string(date("2026-01-31"))', '2026-01-31'],
    ['string(time("10:00:00.5+08:00"))', '10:00:00.5+08:00'],
    ['string(date and time("2026-01-31T10:00:00@Asia/Shanghai"))', '2026-01-31T10:00:00@Asia/Shanghai'],
    ['string(duration("P1DT2H3M4.5S"))', 'P1DT2H3M4.5S'],
    ['string(duration("-P1DT2H"))', '-P1DT2H'],
    ['string(duration("PT36H"))', 'P1DT12H'],
    ['string(duration("P0Y"))', 'P0M'],
    ['string(duration("PT0S"))', 'PT0S'],
    ['string(duration("P14M"))', 'P1Y2M'],
    ['string([1..5])', '[1..5]'],
    ['string((1..5))', '(1..5)'],
    ['string(["a".."b"])', '["a".."b"]'],
    ['string([@"2026-01-01"..@"2026-02-01"])', '[2026-01-01..2026-02-01]'],
    ['string(< 5)', '(< 5)'],
    ['string((< 5))', '(< 5)'],
    ['string((>= 5))', '(>= 5)'],
    ['string([@"2026-01-01"])', '[2026-01-01]'],
    ['string(0.1 + 0.2)', '0.3'],
    ['string(1e3)', '1000'],
    ['string(1/3)', '0.3333333333333333333333333333333333'],
    ['string(10**20)', '100000000000000000000'],
    ['string(1e-10)', '0.0000000001'],
    ['string(-0.5)', '-0.5'],
    ['string("a", "b")', null],
    ['string()', null],
  ])('%s is %j', (source, expected, ...[variables]) => {
    expect(valueOf(source, variables)).toEqual(expected);
  });
});

describe('text functions of Camunda', () => {
  it.each<Row>([
    ['extract("references are 1234, 1256, 1378", "12[0-9]*")', ['1234', '1256']],
    ['extract("a", "[")', null],
    ['extract(null, "a")', null],
    ['extract(string: "ab", pattern: "b")', ['b']],
    ['trim("  hello world  ")', 'hello world'],
    ['trim(null)', null],
    ['is blank("")', true],
    ['is blank(" \\t\\n")', true],
    ['is blank("a")', false],
    ['is blank(null)', null],
    ['to base64("FEEL")', 'RkVFTA=='],
    ['to base64(1)', null],
  ])('%s is %j', (source, expected, ...[variables]) => {
    expect(valueOf(source, variables)).toEqual(expected);
  });
});

describe('text literals and operators', () => {
  it.each<Row>([
    ['"a\\nb"', 'a\nb'],
    ['"\\u4fe1\\u8bbf"', '信访'],
    ['"\\U004fe1"', '信'],
    ['"\\uD83D\\uDE00"', '😀'],
    ['"\\\'"', "'"],
    ['"\\"q\\""', '"q"'],
    ['"\\\\"', '\\'],
    ['"\\d"', '\\d'],
    ['"a" + "b"', 'ab'],
    ['"a" - "b"', null],
    ['"a" < "b"', true],
    ['"\\uD83D\\uDE00" > "\\uFFFD"', true],
    ['"a" + null', null],
  ])('%s is %j', (source, expected, ...[variables]) => {
    expect(valueOf(source, variables)).toEqual(expected);
  });
});
