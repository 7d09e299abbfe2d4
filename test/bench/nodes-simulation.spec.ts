import { describe, expect, it } from '@jest/globals';
import { costFrom, simulatedRate, type Costs } from './nodes-simulation.js';

const costs: Costs = {
  node: { perCommand: 0.001, perCommit: 0 },
  database: { perCommand: 0.000_5, perCommit: 0 },
  flushSeconds: 0,
};

describe('simulated nodes on one database', () => {
  it('are bound by the core of a node, then by the cores of the database', () => {
    const rate = (nodes: number) => simulatedRate(costs, { nodes, databaseCores: 1, clients: 500 });
    expect(rate(1)).toBeCloseTo(1_000, -2);
    expect(rate(20)).toBeCloseTo(2_000, -2);
  });

  it('wait for the disk where few clients leave everything else idle', () => {
    const slowDisk = { ...costs, flushSeconds: 0.1 };
    const rate = simulatedRate(slowDisk, { nodes: 1, databaseCores: 4, clients: 1 });
    expect(rate).toBeCloseTo(1 / (0.001 + 0.000_5 + 0.1), 0);
  });

  it('put into one commit what came while the last one ran', () => {
    const slowDisk = { ...costs, flushSeconds: 0.1 };
    const rate = simulatedRate(slowDisk, { nodes: 1, databaseCores: 4, clients: 90 });
    expect(rate).toBeGreaterThan(350);
  });
});

describe('costs from two loads', () => {
  it('are those that both loads were made with', () => {
    const seconds = (commands: number, commits: number) => commands * 0.002 + commits * 0.01;
    const few = { commands: 100, commits: 100, seconds: seconds(100, 100) };
    const many = { commands: 1_000, commits: 20, seconds: seconds(1_000, 20) };
    const cost = costFrom(few, many);
    expect(cost.perCommand).toBeCloseTo(0.002, 9);
    expect(cost.perCommit).toBeCloseTo(0.01, 9);
  });
});
