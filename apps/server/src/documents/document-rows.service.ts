import { Inject, Injectable } from '@nestjs/common';
import type { WorkQueries } from '#persistence';
import type { InstanceRecord } from '#runtime';
import type { SignedIn } from '../access/signed-in.js';
import { ConfigurationHolder } from '../configuration/configuration-holder.js';
import { isoTime } from '../iso-time.js';
import { WORK_QUERIES } from '../tokens.js';
import { DocumentsService } from './documents.service.js';

export interface DocumentRow {
  readonly id: string;
  /** Absent where the page is made when it is opened. */
  readonly key: string | null;
  readonly title: string;
  readonly at: string | null;
  /** Opening it opens protected values, so a reason is asked for. */
  readonly needsReason: boolean;
  /** It can be taken out as a Word file too. */
  readonly word: boolean;
}

/** Which documents of an instance and of the other instances of its case a person may open. */
@Injectable()
export class DocumentRowsService {
  constructor(
    private readonly configuration: ConfigurationHolder,
    private readonly documents: DocumentsService,
    @Inject(WORK_QUERIES) private readonly queries: WorkQueries,
  ) {}

  async rows(instance: InstanceRecord, account: SignedIn): Promise<readonly DocumentRow[]> {
    const instances = await this.documents.instancesOf(instance);
    const processIds = new Set(instances.map(({ bpmnProcessId }) => bpmnProcessId));
    const entries = [...this.configuration.current.documents.values()];
    const ofCase = entries.filter((entry) => processIds.has(entry.processId) && this.documents.mayOpen(entry, account));
    const waitsForJob = this.madeByJobs();
    const generated = await this.queries.documentsOf(instances.map(({ key }) => key));
    return ofCase.flatMap((entry) => {
      const latest = generated.filter((row) => row.documentId === entry.id).at(-1);
      if (!latest && waitsForJob.has(entry.id)) return [];
      return [
        {
          id: entry.id,
          key: latest?.documentKey ?? null,
          title: entry.title,
          at: latest ? isoTime(latest.createdAt) : null,
          needsReason: this.documents.needsReason(entry, latest),
          word: entry.word === true,
        },
      ];
    });
  }

  /** Documents that a step of a process makes; all others are made when somebody opens them. */
  private madeByJobs(): ReadonlySet<string> {
    const elements = this.configuration.current.processes.flatMap(({ definition }) => definition.elements);
    return new Set(elements.flatMap((element) => element.job?.headers['document'] ?? []));
  }
}
