import { Inject, Injectable } from '@nestjs/common';
import { type ConflictQueries, createConflictQueries, type Database, type Queries } from '#persistence';
import type { InstanceRecord } from '#runtime';
import type { SignedIn } from '../access/signed-in.js';
import { DATABASE, QUERIES } from '../tokens.js';
import { CaseAccessService } from './case-access.service.js';

export interface RelatedCase {
  readonly caseNo: string | null;
  readonly processInstanceKey: string;
}

/** The cases that a form relates to a case (`x-names-case`), whichever of the two the form belongs to. */
@Injectable()
export class RelatedCasesService {
  private readonly conflicts: ConflictQueries;

  constructor(
    private readonly access: CaseAccessService,
    @Inject(DATABASE) database: Database,
    @Inject(QUERIES) private readonly queries: Queries,
  ) {
    this.conflicts = createConflictQueries(database);
  }

  /** Only those whose page opens for the account: of any other it does not learn that there is one. */
  async of({ caseKey }: InstanceRecord, account: SignedIn): Promise<readonly RelatedCase[]> {
    if (caseKey === null) return [];
    const cases = await Promise.all(
      (await this.conflicts.casesRelatedTo(caseKey)).map((key) => this.queries.instancesOfCase(key)),
    );
    const firsts = cases.flatMap(([first]) => first ?? []);
    const isVisible = await Promise.all(firsts.map((first) => this.access.isVisible(first, account)));
    return firsts
      .filter((_, index) => isVisible[index])
      .map(({ caseNo, key: processInstanceKey }) => ({ caseNo, processInstanceKey }));
  }
}
