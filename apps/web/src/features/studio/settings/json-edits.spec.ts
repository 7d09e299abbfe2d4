import { addTo, removeAt, setAt, swapAt } from './json-edits.js';

const text = `{
  "year": 2027,
  "days": ["2027-01-01", "2027-02-05"],
  "units": [
    { "id": "mine", "name": "矿" }
  ]
}
`;

describe('editing a JSON text in place', () => {
  it('changes one value and no other character', () => {
    expect(setAt(text, ['units', 0, 'name'], '矿领导班子')).toBe(text.replace('"矿"', '"矿领导班子"'));
  });

  it('adds a property behind the others', () => {
    expect(JSON.parse(setAt(text, ['units', 0, 'parent'], 'root'))).toMatchObject({
      units: [{ id: 'mine', name: '矿', parent: 'root' }],
    });
  });

  it('takes a property or a row away', () => {
    expect(JSON.parse(removeAt(text, ['units', 0]))).toMatchObject({ units: [] });
    expect(JSON.parse(removeAt(text, ['year']))).not.toHaveProperty('year');
  });

  it('adds a row at the end, indented as the others', () => {
    const next = addTo(text, ['units'], 1, { id: 'office', name: '办公室' });

    expect(JSON.parse(next)).toMatchObject({ units: [{ id: 'mine' }, { id: 'office', name: '办公室' }] });
    expect(next).toContain('"days": ["2027-01-01", "2027-02-05"]');
  });

  it('lets two neighbours change places', () => {
    expect(JSON.parse(swapAt(text, ['days', 1], ['2027-01-01', '2027-02-05']))).toMatchObject({
      days: ['2027-02-05', '2027-01-01'],
    });
  });

  it('begins a list that is not there', () => {
    expect(JSON.parse(addTo(text, ['posts'], 0, { id: 'a' }))).toMatchObject({ posts: [{ id: 'a' }] });
  });
});
