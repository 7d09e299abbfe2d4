import type { QueryRunner } from 'typeorm';
import type { Database } from '#persistence';
import type { Random } from '../support/seeded-random.js';

/** How a statement may fail: before it ran, or after it (so that it took effect and the caller sees an error). */
interface Fault {
  readonly code: string;
  readonly effect: 'none' | 'done' | 'rolledBack' | 'dropped';
}

const FAULTS: Readonly<Record<Database['dialect'], readonly Fault[]>> = {
  sqlite: [
    { code: 'SQLITE_BUSY', effect: 'none' },
    { code: 'SQLITE_FULL', effect: 'none' },
    { code: 'SQLITE_FULL', effect: 'rolledBack' },
    { code: 'SQLITE_IOERR_WRITE', effect: 'none' },
    { code: 'SQLITE_IOERR', effect: 'rolledBack' },
    { code: 'SQLITE_IOERR', effect: 'done' },
    { code: 'SQLITE_BUSY', effect: 'done' },
    { code: 'SQLITE_ERROR', effect: 'none' },
    { code: 'SQLITE_ERROR', effect: 'done' },
  ],
  postgres: [
    { code: '40001', effect: 'none' },
    { code: '40P01', effect: 'none' },
    { code: '55P03', effect: 'none' },
    { code: '40001', effect: 'done' },
    { code: '08006', effect: 'done' },
    { code: 'XX000', effect: 'none' },
    { code: '57P01', effect: 'dropped' },
    { code: '08006', effect: 'dropped' },
  ],
};

export interface FaultyDatabase {
  /** Part of the statements that fail, 0 to 1. */
  rate: number;
  /** How often each fault was made, by code and effect. */
  readonly made: Map<string, number>;
}

/** Lets statements of writer and reader fail by chance, COMMIT and ROLLBACK among them. */
export function makeFaulty(database: Database, random: Random): FaultyDatabase {
  const faulty: FaultyDatabase = { rate: 0, made: new Map() };
  const kinds = FAULTS[database.dialect];
  const draw = (): Fault | undefined => {
    if (random() >= faulty.rate) return undefined;
    const fault = kinds[Math.floor(random() * kinds.length)]!;
    const name = `${fault.code} ${fault.effect}`;
    faulty.made.set(name, (faulty.made.get(name) ?? 0) + 1);
    return fault;
  };
  const createQueryRunner = database.writer.createQueryRunner.bind(database.writer);
  database.writer.createQueryRunner = (mode) => withFaults(createQueryRunner(mode), draw);
  const read = database.reader.query.bind(database.reader) as typeof database.reader.query;
  database.reader.query = (async (...given: Parameters<typeof read>) => {
    const fault = draw();
    if (fault) throw errorOf(fault);
    return read(...given);
  }) as typeof read;
  return faulty;
}

function withFaults(runner: QueryRunner, draw: () => Fault | undefined): QueryRunner {
  const query = runner.query.bind(runner) as (...given: unknown[]) => Promise<unknown>;
  runner.query = (async (...given: unknown[]) => {
    const fault = draw();
    if (!fault) return query(...given);
    if (fault.effect === 'done') await query(...given);
    // What SQLite does by itself after some errors.
    if (fault.effect === 'rolledBack') await query('ROLLBACK').catch(() => undefined);
    if (fault.effect === 'dropped') await cut(runner, () => query(...given));
    throw errorOf(fault);
  }) as typeof runner.query;
  return runner;
}

/** The statement is on its way when the line is cut: nobody knows whether it arrives. */
async function cut(runner: QueryRunner, send: () => Promise<unknown>): Promise<void> {
  const client = (await runner.connect()) as { connection?: { stream?: { destroy(): void } } };
  const sent = send().catch(() => undefined);
  client.connection?.stream?.destroy();
  await Promise.race([sent, new Promise((resolve) => setTimeout(resolve, 50))]);
}

const errorOf = ({ code, effect }: Fault): Error =>
  Object.assign(new Error(`fault made by the test: ${code}, ${effect}`), { driverError: { code } });
