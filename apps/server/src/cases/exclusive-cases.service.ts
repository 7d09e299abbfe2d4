import { Inject, Injectable } from '@nestjs/common';
import { createConflictQueries } from '#persistence';
import type { ConflictQueries, Database } from '#persistence';
import { handsBeyond, handsOf } from '../access/hidden-cases.js';
import type { TaskHolder } from '../access/signed-in.js';
import { ConfigurationHolder } from '../configuration/configuration-holder.js';
import { DATABASE } from '../tokens.js';

/** Cases in the hands of a role with the permission `exclusive`, such as accusations that a discipline body takes over. */
@Injectable()
export class ExclusiveCasesService {
  private readonly queries: ConflictQueries;

  constructor(
    private readonly configuration: ConfigurationHolder,
    @Inject(DATABASE) database: Database,
  ) {
    this.queries = createConflictQueries(database);
  }

  /** Whether a process hides its cases (`ct.exclusive`) from an account, also from one that started them. */
  isProcessHiddenFrom(bpmnProcessId: string, account: Pick<TaskHolder, 'roles'>): boolean {
    return handsBeyond(account, this.configuration.current).processes.includes(bpmnProcessId);
  }

  /**
   * Keys of the cases that a step took over for roles which the account does not have (`ct.exclusive` of a user task):
   * that it started the case or worked on it before no longer counts.
   */
  async takenFrom({ roles: own }: Pick<TaskHolder, 'roles'>): Promise<ReadonlySet<string>> {
    const steps = this.configuration.current.processes.flatMap(({ id, takeovers }) =>
      takeovers.flatMap(({ elementId, roles }) =>
        roles.some((role) => own.includes(role)) ? [] : [{ process: id, elementId }],
      ),
    );
    const hands = handsBeyond({ roles: own }, this.configuration.current);
    return new Set(await this.queries.casesTakenOver(steps, hands));
  }

  /** Whether the case is in the hands of the role: of a process that is the role's, or taken over by it. */
  async isInHandsOf(role: string, caseKey: string): Promise<boolean> {
    const cases = await this.queries.casesInHandsOf(handsOf(role, this.configuration.current));
    return cases.includes(caseKey);
  }

  /** Keys of the cases that the account may not oversee. */
  async hiddenFrom(account: Pick<TaskHolder, 'roles'>): Promise<ReadonlySet<string>> {
    return new Set(await this.queries.casesInHandsOf(handsBeyond(account, this.configuration.current)));
  }
}
