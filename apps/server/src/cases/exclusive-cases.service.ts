import { Inject, Injectable } from '@nestjs/common';
import { createConflictQueries } from '#persistence';
import type { ConflictQueries, Database } from '#persistence';
import type { SignedIn } from '../access/signed-in.js';
import { ConfigurationHolder } from '../configuration/configuration-holder.js';
import { DATABASE } from '../tokens.js';

/** Permission of roles whose cases overseers do not see: whom a case reached at such a role, it has left for all others. */
const EXCLUSIVE = 'exclusive';

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

  /** Keys of the cases that the account may not oversee. */
  async hiddenFrom(account: SignedIn): Promise<ReadonlySet<string>> {
    return new Set(await this.queries.casesInHandsOf(this.rolesBeyond(account)));
  }

  /** The exclusive roles that the account does not have. */
  rolesBeyond(account: SignedIn): readonly string[] {
    const exclusive = this.configuration.current.roles.roles.filter(({ permissions }) =>
      permissions?.includes(EXCLUSIVE),
    );
    return exclusive.filter(({ id }) => !account.roles.includes(id)).map(({ id }) => id);
  }
}
