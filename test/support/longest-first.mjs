import TestSequencer from '@jest/test-sequencer';

/** Specs of minutes: begun last, one of them would keep a worker busy while the others have nothing left to do. */
const LONGEST = [
  'test/scenarios/',
  'test/demo/',
  'test/crash/crash.spec',
  'test/crash/ledgers.spec',
  'test/conformance/',
  'spec-groups/test-',
  'spec-groups/libs-persistence',
];

/** Begins with what takes longest, also on a machine that has not seen it before. */
export default class LongestFirst extends TestSequencer {
  sort(tests) {
    const places = new Map(super.sort(tests).map((test, place) => [test, place]));
    const order = (test) => {
      const rank = LONGEST.findIndex((part) => test.path.replaceAll('\\', '/').includes(part));
      return rank < 0 ? LONGEST.length + places.get(test) : rank;
    };
    return [...places.keys()].sort((a, b) => order(a) - order(b));
  }
}
