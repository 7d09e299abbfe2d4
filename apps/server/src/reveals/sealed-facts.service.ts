import { Inject, Injectable } from '@nestjs/common';
import { isHandle } from '#forms';
import type { WorkQueries } from '#persistence';
import { maskOf, mayReveal } from '#vault';
import type { SignedIn } from '../access/signed-in.js';
import { ConfigurationHolder } from '../configuration/configuration-holder.js';
import { isoTime } from '../iso-time.js';
import { WORK_QUERIES } from '../tokens.js';
import { CaseSight } from './case-sight.service.js';

/** What a screen may say of a protected value: that it is there, of which class, and whether this person may open it. */
export interface SealedFact {
  readonly class: string;
  readonly className: string;
  /** Whether it tells who somebody is; also where the class is no longer known. */
  readonly identifies: boolean;
  readonly mask: string;
  readonly canReveal: boolean;
  /** When the sight that a process granted ends; absent where the role sees by itself. */
  readonly until?: string;
}

/** Describes the handles in what is sent to a screen. */
@Injectable()
export class SealedFactsService {
  constructor(
    private readonly configuration: ConfigurationHolder,
    private readonly sight: CaseSight,
    @Inject(WORK_QUERIES) private readonly queries: WorkQueries,
  ) {}

  /** Of handles that belong to another case nothing is told: a draft may name any. */
  async of(
    values: unknown,
    caseKey: string,
    account: Pick<SignedIn, 'roles'> & Partial<Pick<SignedIn, 'groups'>>,
  ): Promise<Readonly<Record<string, SealedFact>>> {
    const rows = (await this.queries.sealedClasses(handlesIn(values))).filter((row) => row.case_key === caseKey);
    if (rows.length === 0) return {};
    const { classes } = this.configuration.current.roles;
    const { roles, until } = await this.sight.within(caseKey, { groups: account.groups ?? [] });
    return Object.fromEntries(
      rows.map((row) => {
        const known = classes.find(({ id }) => id === row.class);
        const fact: SealedFact = {
          class: row.class,
          className: known?.name ?? row.class,
          identifies: known === undefined || known.identifies === true,
          mask: maskOf(row.kind),
          canReveal: mayReveal(account.roles, row.class, roles) === 'reason',
          ...untilPart(until(row.class)),
        };
        return [row.sealed_key, fact];
      }),
    );
  }
}

const untilPart = (at: number | undefined) => (at === undefined ? {} : { until: isoTime(at) });

/** Sealed keys of all handles in a value, each once. */
export function handlesIn(value: unknown): readonly string[] {
  const keys = new Set<string>();
  const pending: unknown[] = [value];
  while (pending.length > 0) {
    const next = pending.pop();
    if (isHandle(next)) keys.add(next.$sealed);
    else if (typeof next === 'object' && next !== null) pending.push(...Object.values(next));
  }
  return [...keys];
}
