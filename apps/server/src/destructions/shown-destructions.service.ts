import { Inject, Injectable } from '@nestjs/common';
import type { CaseDestruction, LegalHold, Queries } from '#persistence';
import { NamesService, type Named } from '../cases/names.service.js';
import { ConfigurationHolder } from '../configuration/configuration-holder.js';
import { isoTime } from '../iso-time.js';
import { QUERIES } from '../tokens.js';

/** Destructions and legal holds as people read them: with names, and where the case is. */
@Injectable()
export class ShownDestructions {
  constructor(
    private readonly names: NamesService,
    private readonly configuration: ConfigurationHolder,
    @Inject(QUERIES) private readonly queries: Queries,
  ) {}

  async of(destructions: readonly CaseDestruction[], holds: readonly LegalHold[]) {
    return {
      destructions: await Promise.all(destructions.map((one) => this.destruction(one))),
      holds: await Promise.all(holds.map((one) => this.hold(one))),
    };
  }

  private async destruction({ key, caseKey, caseNo, reason, askedBy, askedAt, state, ...decision }: CaseDestruction) {
    return {
      destructionKey: key,
      caseNo,
      processInstanceKey: await this.instanceOf(caseKey),
      reason,
      askedBy: await this.who(askedBy),
      askedAt: isoTime(askedAt),
      state,
      decidedBy: await this.who(decision.decidedBy),
      decidedAt: isoTime(decision.decidedAt),
      comment: decision.comment,
    };
  }

  private async hold({ key, caseKey, caseNo, reason, placedBy, placedAt, ...lifting }: LegalHold) {
    return {
      holdKey: key,
      caseNo,
      processInstanceKey: await this.instanceOf(caseKey),
      reason,
      placedBy: await this.who(placedBy),
      placedAt: isoTime(placedAt),
      liftedBy: await this.who(lifting.liftedBy),
      liftedAt: isoTime(lifting.liftedAt),
      liftReason: lifting.liftReason,
    };
  }

  /** An account, or the parameter and the run of the process that destroy what is past its time. */
  private async who(id: string | null): Promise<Named | null> {
    const { parameters } = this.configuration.current;
    const [kind, of = ''] = id?.split(':') ?? [];
    if (id !== null && kind === 'rule') return { id, name: parameters[of]?.name ?? of };
    if (id !== null && kind === 'process') return { id, name: await this.processName(of) };
    return this.names.account(id);
  }

  private async processName(key: string): Promise<string> {
    const instance = await this.queries.instance(key);
    return instance?.title ?? instance?.bpmnProcessId ?? key;
  }

  /** The instance that the case began with; null where it was removed. */
  private async instanceOf(caseKey: string): Promise<string | null> {
    return (await this.queries.instancesOfCase(caseKey))[0]?.key ?? null;
  }
}
