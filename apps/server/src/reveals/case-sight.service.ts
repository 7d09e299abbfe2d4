import { Inject, Injectable } from '@nestjs/common';
import type { Role } from '#configuration';
import type { SightGrant, VaultQueries, WorkQueries } from '#persistence';
import type { RowWrite, Runtime } from '#runtime';
import type { TaskHolder } from '../access/signed-in.js';
import { ExclusiveCasesService } from '../cases/exclusive-cases.service.js';
import { ConfigurationHolder } from '../configuration/configuration-holder.js';
import { RUNTIME, VAULT_QUERIES, WORK_QUERIES } from '../tokens.js';
import { grantedUntil, rolesIn } from './granted-sight.js';

/** Purpose in the log of a look that was denied: nothing was shown. */
export const DENIED = 'denied';
const REASON_LENGTH = 200;

export interface DeniedLook {
  readonly caseKey: string;
  readonly sealedKeys: readonly string[];
  readonly account: string;
  readonly roles: readonly string[];
  readonly reason: string;
  readonly processInstanceKey: string;
}

/** What roles see in one case, with what was granted there; and the record of looks that were denied. */
@Injectable()
export class CaseSight {
  constructor(
    private readonly configuration: ConfigurationHolder,
    private readonly exclusive: ExclusiveCasesService,
    @Inject(VAULT_QUERIES) private readonly vaultQueries: VaultQueries,
    @Inject(WORK_QUERIES) private readonly work: WorkQueries,
    @Inject(RUNTIME) private readonly runtime: Runtime,
  ) {}

  async roles(caseKey: string, holder: Pick<TaskHolder, 'groups'>): Promise<readonly Role[]> {
    return (await this.within(caseKey, holder)).roles;
  }

  /** The roles as they see in the case, and until when (epoch ms) they see a class because a process granted it. */
  async within(
    caseKey: string,
    holder: Pick<TaskHolder, 'groups'>,
  ): Promise<{ readonly roles: readonly Role[]; readonly until: (className: string) => number | undefined }> {
    const roles = await this.seeingOwn(caseKey, holder);
    const grants = await this.grants(caseKey);
    return {
      roles: rolesIn(roles, grants, holder),
      until: (className) => grantedUntil(roles, grants, holder, className),
    };
  }

  /** The roles of the holder to which the case belongs see there what `seesOwn` says. */
  private async seeingOwn(caseKey: string, { groups }: Pick<TaskHolder, 'groups'>): Promise<readonly Role[]> {
    const { roles } = this.configuration.current.roles;
    const seeing = roles.filter(({ id, seesOwn = [] }) => seesOwn.length > 0 && groups.includes(id));
    const owned = await Promise.all(seeing.map(({ id }) => this.exclusive.isInHandsOf(id, caseKey)));
    const owners = seeing.filter((_, index) => owned[index]);
    return roles.map((role) =>
      owners.includes(role)
        ? { ...role, sees: { ...role.sees, ...Object.fromEntries((role.seesOwn ?? []).map((id) => [id, 'reason'])) } }
        : role,
    );
  }

  private grants(caseKey: string): Promise<readonly SightGrant[]> {
    return this.vaultQueries.grantsOf(caseKey, this.runtime.now());
  }

  /** Entries of the log for a look that was denied, one for each value of the case. */
  async denial(look: DeniedLook): Promise<readonly RowWrite[]> {
    const values = await this.work.sealedClasses(look.sealedKeys);
    const rows = await Promise.all(
      values
        .filter((value) => value.case_key === look.caseKey)
        .map(async ({ sealed_key, field, class: className }) => ({
          access_key: await this.runtime.nextKey(),
          at: this.runtime.now(),
          account: look.account,
          role: look.roles[0] ?? '',
          class: className,
          field,
          case_key: look.caseKey,
          sealed_key,
          process_instance_key: look.processInstanceKey,
          reason: look.reason.trim().slice(0, REASON_LENGTH),
          purpose: DENIED,
        })),
    );
    return rows.length === 0 ? [] : [{ insert: 'access_log', rows }];
  }
}
