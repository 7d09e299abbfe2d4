import { Inject, Injectable } from '@nestjs/common';
import { type ConflictQueries, createConflictQueries, type Database, type Queries } from '#persistence';
import type { ActivatedJob, InstanceRecord, Runtime } from '#runtime';
import type { Vault } from '#vault';
import { ExclusiveCasesService } from '../cases/exclusive-cases.service.js';
import { ConfigurationHolder } from '../configuration/configuration-holder.js';
import { DATABASE, QUERIES, RUNTIME, VAULT } from '../tokens.js';

/**
 * Texts are read of this many cases at most, the newest: a matter that many report is reported in a short time. Among 10,000
 * open cases, 200 texts of 450 characters take 60 ms of processor time in all.
 */
const MAX_COMPARED = 200;
const DAY_MS = 86_400_000;

type Context = Readonly<Record<string, unknown>>;

interface Limits {
  readonly atLeast: number;
  readonly leastPairs: number;
  readonly days: number;
}

interface Asking {
  readonly caseKey: string;
  readonly own: InstanceRecord;
  readonly alike: Context;
  readonly without: readonly string[];
}

export const namesIn = (list = ''): readonly string[] => list.split(',').flatMap((name) => name.trim() || []);
export const isContext = (value: unknown): value is Context =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/**
 * Suggests a case whose texts are like those of the asking one. What tells who somebody is takes no part: values of classes
 * that identify are never compared, so a named case and an anonymous one get the same answer.
 */
@Injectable()
export class LikeTextsService {
  private readonly conflicts: ConflictQueries;

  constructor(
    private readonly configuration: ConfigurationHolder,
    private readonly exclusive: ExclusiveCasesService,
    @Inject(DATABASE) database: Database,
    @Inject(QUERIES) private readonly queries: Queries,
    @Inject(RUNTIME) private readonly runtime: Runtime,
    @Inject(VAULT) private readonly vault: Vault,
  ) {
    this.conflicts = createConflictQueries(database);
  }

  /** Why the job cannot compare texts as it is set up; undefined where it can, or is not asked to (no header `texts`). */
  faultOf({ headers, variables }: ActivatedJob): string | undefined {
    if (namesIn(headers['texts']).length === 0) return undefined;
    if (limitsOf(variables['likeness']) === undefined)
      return 'Expected the input "likeness" to be a context with "atLeast" (above 0, at most 1), "leastPairs" and "days".';
    return isContext(variables['unlike'] ?? {})
      ? undefined
      : 'Expected the input "unlike" to be a context of open values.';
  }

  /**
   * Header `texts`: paths of fields; optional header `ignores`: phrases that say nothing; input `likeness`: `atLeast` (0 to
   * 1, see `likeness` of the vault), `leastPairs` (different pairs of neighbouring characters that a text needs) and `days`;
   * optional input `unlike`: open values, a case with any of which is not compared. Cases that opened with the same process,
   * are going on or began within those days, have all values of `alike` (null: nothing is compared) and are in nobody's
   * exclusive hands. Of several the most alike, of equals the newest.
   */
  async find(job: ActivatedJob, { caseKey, own, alike, without }: Asking): Promise<InstanceRecord | undefined> {
    const fields = namesIn(job.headers['texts']);
    const limits = limitsOf(job.variables['likeness']);
    const unlike = (job.variables['unlike'] ?? {}) as Context;
    if (fields.length === 0 || limits === undefined) return undefined;
    if (Object.values(alike).some((value) => value === null || value === undefined)) return undefined;
    if (await this.isOneOf(own, unlike)) return undefined;
    const found = await this.conflicts.comparableCases({
      bpmnProcessId: own.bpmnProcessId,
      drill: own.drill,
      alike,
      unlike,
      without,
      begunAfter: this.runtime.now() - limits.days * DAY_MS,
      begunBefore: { at: own.startAt, key: own.key },
      limit: MAX_COMPARED,
    });
    const others = found.filter((other) => other !== caseKey);
    if (others.length === 0) return undefined;
    const hidden = await this.exclusive.hiddenFrom({ roles: [] });
    const { classes } = this.configuration.current.roles;
    const like = await this.vault.mostAlike({
      ...limits,
      caseKey,
      others: others.filter((other) => !hidden.has(other)),
      fields,
      classes: classes.flatMap(({ id, sealed, identifies }) => (sealed && !identifies ? [id] : [])),
      ignores: namesIn(job.headers['ignores']),
    });
    return like === undefined ? undefined : (await this.queries.instancesOfCase(like))[0];
  }

  private async isOneOf({ key }: InstanceRecord, values: Context): Promise<boolean> {
    const variables = await this.queries.variablesOf(key);
    return Object.entries(values).some(([name, value]) => JSON.stringify(variables[name]) === JSON.stringify(value));
  }
}

function limitsOf(given: unknown): Limits | undefined {
  if (!isContext(given)) return undefined;
  const [atLeast, leastPairs, days] = [given['atLeast'], given['leastPairs'], given['days']].map(Number);
  if (!(atLeast! > 0 && atLeast! <= 1 && leastPairs! >= 0 && days! >= 0)) return undefined;
  return { atLeast: atLeast!, leastPairs: leastPairs!, days: days! };
}
