import { Inject, Injectable } from '@nestjs/common';
import { createConflictQueries } from '#persistence';
import type { ConflictQueries, Database, Queries } from '#persistence';
import type { InstanceRecord } from '#runtime';
import { ConfigurationHolder } from '../configuration/configuration-holder.js';
import { DATABASE, QUERIES } from '../tokens.js';

/** The instances of a case, the one that it began with first. */
export type FollowedCase = readonly [InstanceRecord, ...InstanceRecord[]];

/** The cases that one tracking code opens. */
@Injectable()
export class FollowedCases {
  private readonly conflicts: ConflictQueries;

  constructor(
    private readonly configuration: ConfigurationHolder,
    @Inject(DATABASE) database: Database,
    @Inject(QUERIES) private readonly queries: Queries,
  ) {
    this.conflicts = createConflictQueries(database);
  }

  /**
   * The case of the code, then those that came from it and say `ct.tracking` = `origin`, those that exclusive hands gave
   * back, and from those in turn.
   */
  async of(caseKey: string): Promise<readonly FollowedCase[]> {
    const own = await this.queries.instancesOfCase(caseKey);
    if (!isCase(own)) return [];
    const started = await this.all(await this.conflicts.casesStartedBy(caseKey));
    const returned = await this.all(await this.conflicts.casesReturnedBy(caseKey));
    return [
      own,
      ...started.filter(([first]) => first !== undefined && this.isFollowed(first[0])).flat(),
      ...returned.flat(),
    ];
  }

  private all(caseKeys: readonly string[]): Promise<readonly (readonly FollowedCase[])[]> {
    return Promise.all(caseKeys.map((key) => this.of(key)));
  }

  private isFollowed({ bpmnProcessId }: InstanceRecord): boolean {
    return this.configuration.current.processes.find(({ id }) => id === bpmnProcessId)?.isFollowedByOrigin === true;
  }
}

const isCase = (instances: readonly InstanceRecord[]): instances is FollowedCase => instances.length > 0;
