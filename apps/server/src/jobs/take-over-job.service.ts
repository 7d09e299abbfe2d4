import { Inject, Injectable } from '@nestjs/common';
import type { OnModuleInit } from '@nestjs/common';
import { isHandle } from '#forms';
import { createConflictQueries } from '#persistence';
import type { ConflictQueries, Database } from '#persistence';
import type { ActivatedJob, JobResult, Runtime } from '#runtime';
import type { Vault } from '#vault';
import { GuardedJobs } from './guarded-jobs.service.js';
import { AttachmentsService } from '../attachments/attachments.service.js';
import { ConfigurationHolder } from '../configuration/configuration-holder.js';
import { SealingService } from '../reveals/sealing.service.js';
import { DATABASE, RUNTIME, VAULT } from '../tokens.js';
import { failure } from './job-failure.js';

/** The job type `ct.take-over`: what a case hands over leaves it, and is from then on the new case's alone. */
@Injectable()
export class TakeOverJob implements OnModuleInit {
  private readonly conflicts: ConflictQueries;

  constructor(
    private readonly sealing: SealingService,
    private readonly attachments: AttachmentsService,
    private readonly guarded: GuardedJobs,
    private readonly configuration: ConfigurationHolder,
    @Inject(DATABASE) database: Database,
    @Inject(RUNTIME) private readonly runtime: Runtime,
    @Inject(VAULT) private readonly vault: Vault,
  ) {
    this.conflicts = createConflictQueries(database);
  }

  onModuleInit(): void {
    this.guarded.register('ct.take-over', (job) => this.takeOver(job));
  }

  /**
   * Inputs `values` and `copies`, with handles of the case that started this one. Outputs `taken` and `copied`:
   * the same with handles of this case; what was taken is gone there, files with their bytes.
   */
  private async takeOver({ caseKey, bpmnProcessId, variables }: ActivatedJob): Promise<JobResult> {
    const { values = null, copies = null } = variables;
    if (caseKey === null) return failure('Expected a process that is a case.');
    if (!this.mayEmpty(bpmnProcessId) && handlesIn(values).length > 0)
      return failure('Expected copies alone: a case that more may see takes nothing away from another.');
    const { cipher, writes } = await this.sealing.cipherOf({ caseKey });
    for (const origin of await this.conflicts.casesThatStarted(caseKey)) {
      const taken = await this.vault.takeOver(cipher, { caseKey: origin, sealedKeys: handlesIn(values) });
      const copied = await this.vault.takeOver(cipher, {
        caseKey: origin,
        sealedKeys: handlesIn(copies),
        isCopy: true,
      });
      if (!taken || !copied) continue;
      const given = { taken: withKeys(values, taken.keys), copied: withKeys(copies, copied.keys) };
      const moved = await this.attachments.move(taken.files, { from: origin, into: cipher });
      return { variables: given, writes: [...writes, ...taken.writes, ...copied.writes, ...moved] };
    }
    return failure('Expected handles of the case that started this one, no file to be copied, but found others.');
  }

  private mayEmpty(bpmnProcessId: string): boolean {
    return this.configuration.current.processes.some(
      ({ id, exclusiveTo }) => id === bpmnProcessId && exclusiveTo !== undefined,
    );
  }
}

function handlesIn(value: unknown): readonly string[] {
  if (isHandle(value)) return [value.$sealed];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(handlesIn) : [];
}

function withKeys(value: unknown, keys: ReadonlyMap<string, string>): unknown {
  if (isHandle(value)) return { $sealed: keys.get(value.$sealed)! };
  if (Array.isArray(value)) return value.map((part) => withKeys(part, keys));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, withKeys(part, keys)]));
}
