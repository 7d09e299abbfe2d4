import { randomUUID } from 'node:crypto';
import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import type { Queries } from '#persistence';
import type { Delivery, DeliveryRequest, DeliveryResult, InstanceRecord, Runtime } from '#runtime';
import { openValues } from '../cases/open-values.js';
import { ConfigurationHolder } from '../configuration/configuration-holder.js';
import { found } from '../problems/refusal.js';
import { QUERIES, RUNTIME } from '../tokens.js';

const KIND = 'ct.intervention';

/**
 * Publishes the message that a process names by `ct.intervention` when an intervention has ended one of its instances.
 * Asked for in the commit of the intervention, so that no end goes untold.
 */
@Injectable()
export class EndedCases implements OnModuleInit {
  constructor(
    private readonly configuration: ConfigurationHolder,
    @Inject(QUERIES) private readonly queries: Queries,
    @Inject(RUNTIME) private readonly runtime: Runtime,
  ) {}

  onModuleInit(): void {
    this.runtime.registerDeliveryHandler(KIND, (delivery) => this.deliver(delivery));
  }

  /** What must commit with an intervention; `how` is the type of its command. */
  tellings(
    { rootInstanceKey, caseNo }: InstanceRecord,
    { how, reason }: { readonly how: string; readonly reason: string },
  ): readonly DeliveryRequest[] {
    const payload = { rootInstanceKey, intervention: how, interventionReason: reason };
    return [{ kind: KIND, name: caseNo ?? rootInstanceKey, idempotencyKey: randomUUID(), payload }];
  }

  private async deliver({ payload, idempotencyKey }: Delivery): Promise<DeliveryResult> {
    const { rootInstanceKey, ...told } = payload;
    const root = found(await this.queries.instance(String(rootInstanceKey)), `process instance ${rootInstanceKey}`);
    const process = this.configuration.current.processes.find(({ id }) => id === root.bpmnProcessId);
    if (root.state === 'ACTIVE' || process?.interventionMessage === undefined) return { ok: true };
    const { caseKey, caseNo } = root;
    const published = await this.runtime.publishMessage({
      name: process.interventionMessage,
      correlationKey: '',
      variables: { ...told, caseNo, ended: openValues(await this.queries.variablesOf(root.key)) },
      ...(caseKey !== null && { caseKey }),
      ...(caseNo !== null && { caseNo }),
      idempotencyKey,
    });
    return published.ok ? { ok: true } : { ok: false, message: published.rejection.message };
  }
}
