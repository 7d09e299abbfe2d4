import { readJson } from './json-fault.js';

describe('reading JSON', () => {
  it('gives the value', () => {
    expect(readJson('{"id":"F01"}')).toEqual({ value: { id: 'F01' } });
  });

  it('names the line of the first fault', () => {
    expect(readJson('{\n  "id": "F01",\n  "title" 5\n}')).toMatchObject({ fault: { line: 3 } });
  });

  it('names the last line where the text ends too early', () => {
    expect(readJson('{\n  "id": "F01"\n')).toMatchObject({ fault: { line: 3 } });
  });
});
