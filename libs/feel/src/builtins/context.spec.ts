import { type Row, valueOf } from '../../spec/value-of.js';

describe('context functions', () => {
  it.each<Row>([
    ['get value({a: 1}, "a")', 1],
    ['get value({a: 1}, "b")', null],
    ['get value(null, "a")', null],
    ['get value({a: 1}, null)', null],
    ['get value({a: {b: 1}}, ["a","b"])', 1],
    ['get value({a: {b: 1}}, ["a","c"])', null],
    ['get value({a: {b: 1}}, [])', { a: { b: 1 } }],
    ['get value(m: {a: 1}, key: "a")', 1],
    ['get value(context: {a: {b: 1}}, keys: ["a","b"])', 1],
    [
      'get entries({a: 1, b: 2})',
      [
        { key: 'a', value: 1 },
        { key: 'b', value: 2 },
      ],
    ],
    ['get entries({})', []],
    ['get entries(null)', null],
    ['get entries(m: {a: 1})', [{ key: 'a', value: 1 }]],
    ['get entries([{a: 1}])', [{ key: 'a', value: 1 }]],
    ['context([{key: "a", value: 1}])', { a: 1 }],
    ['context([{key: "a", value: 1}, {key: "a", value: 2}])', null],
    ['context([{key: null, value: 1}])', null],
    ['context([{key: "a"}])', null],
    ['context({key: "a", value: 1})', { a: 1 }],
    ['context([])', {}],
    ['context(null)', null],
    ['context(entries: [{key: "a", value: 1}])', { a: 1 }],
    ['context put({a: 1}, "b", 2)', { a: 1, b: 2 }],
    ['context put({a: 1}, "a", 2)', { a: 2 }],
    ['context put({a: 1, b: 2}, "a", 3)', { a: 3, b: 2 }],
    ['context put({}, "a", null)', { a: null }],
    ['context put(null, "a", 1)', null],
    ['context put({a: 1}, null, 1)', null],
    ['context put({a: 1}, ["b","c"], 2)', { a: 1, b: { c: 2 } }],
    ['context put({a: {b: 1}}, ["a","b"], 2)', { a: { b: 2 } }],
    ['context put({a: {b: 1}}, ["a","c"], 2)', { a: { b: 1, c: 2 } }],
    ['context put({a: 1}, ["a","b"], 2)', null],
    ['context put({a: 1}, [], 2)', null],
    ['context put({a: 1}, [null], 2)', null],
    ['context put(context: {a: 1}, key: "b", value: 2)', { a: 1, b: 2 }],
    ['context put(context: {a: 1}, keys: ["b"], value: 2)', { a: 1, b: 2 }],
    ['context merge([{a: 1}, {b: 2}])', { a: 1, b: 2 }],
    ['context merge([{a: 1}, {a: 2}])', { a: 2 }],
    ['context merge({a: 1})', { a: 1 }],
    ['context merge([{a: 1}, null])', null],
    ['context merge([])', {}],
    ['context merge(null)', null],
    ['context merge(contexts: [{a: 1}])', { a: 1 }],
  ])('%s is %j', (source, expected, ...[variables]) => {
    expect(valueOf(source, variables)).toEqual(expected);
  });
});

describe('functions of Camunda for null, faults and JSON', () => {
  it.each<Row>([
    ['get or else(null, 1)', 1],
    ['get or else(2, 1)', 2],
    ['get or else(value: null, default: 1)', 1],
    ['is defined(null)', false],
    ['is defined(1)', true],
    ['is defined(x)', false, { x: null }],
    ['is defined(y)', false],
    ['is defined({a: null}.a)', false],
    ['is defined({}.a)', false],
    ['assert(1, true)', 1],
    ['assert(1, false)', null],
    ['assert(1, false, "why")', null],
    ['assert(null, true)', null],
    ['from json("{\\"a\\": [1, null]}")', { a: [1, null] }],
    ['from json("bad")', null],
    ['to json({a: [1, "x"]})', '{"a":[1,"x"]}'],
    ['uuid()', null],
  ])('%s is %j', (source, expected, ...[variables]) => {
    expect(valueOf(source, variables)).toEqual(expected);
  });
});
