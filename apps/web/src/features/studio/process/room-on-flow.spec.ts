import { freeSpotOn, widestCut } from './room-on-flow.js';

describe('room for a new step on a flow', () => {
  it('is the middle of the longest straight piece', () => {
    const flow = [
      { x: 0, y: 100 },
      { x: 0, y: 0 },
      { x: 300, y: 0 },
    ];

    expect(freeSpotOn(flow, [])).toEqual({ x: 150, y: 0 });
  });

  it('is missing where the flow is short', () => {
    expect(
      freeSpotOn(
        [
          { x: 0, y: 0 },
          { x: 112, y: 0 },
        ],
        [],
      ),
    ).toBeUndefined();
  });

  it('is missing where something stands in the way', () => {
    const task = { x: 120, y: -30, width: 100, height: 80 };

    expect(
      freeSpotOn(
        [
          { x: 0, y: 0 },
          { x: 300, y: 0 },
        ],
        [task],
      ),
    ).toBeUndefined();
  });

  it('is made across the horizontal piece first', () => {
    const flow = [
      { x: 0, y: 110 },
      { x: 0, y: 0 },
      { x: 60, y: 0 },
    ];

    expect(widestCut(flow)).toEqual({ axis: 'x', at: 30, center: { x: 30, y: 0 }, length: 60 });
  });

  it('is made in the middle of a slanted flow', () => {
    expect(
      widestCut([
        { x: 0, y: 0 },
        { x: 100, y: 50 },
      ]),
    ).toMatchObject({ axis: 'x', at: 50 });
  });
});
