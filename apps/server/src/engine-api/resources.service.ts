import { Inject, Injectable } from '@nestjs/common';
import type { Queries } from '#persistence';
import { notFound } from '../problems/refusal.js';
import { QUERIES } from '../tokens.js';
import { DecisionCatalog } from './decision-catalog.service.js';

export interface Resource {
  readonly resourceName: string;
  readonly version: number;
  readonly versionTag: string | null;
  /** Process id, decision id or form id. */
  readonly resourceId: string;
  readonly content: string;
}

/** Deployed files by the keys of what they define. */
@Injectable()
export class ResourcesService {
  constructor(
    @Inject(QUERIES) private readonly queries: Queries,
    private readonly catalog: DecisionCatalog,
  ) {}

  /** @throws Refusal `notFound` */
  async get(key: string): Promise<Resource> {
    const found = (await this.process(key)) ?? (await this.form(key)) ?? (await this.decision(key));
    if (!found) throw notFound(`resource ${key}`);
    return found;
  }

  private async process(key: string): Promise<Resource | undefined> {
    const definition = await this.queries.definition(key);
    if (!definition) return undefined;
    const { resourceName, version, bpmnProcessId, xml } = definition;
    const versionTag = (await this.queries.get('processDefinitions', key))?.versionTag ?? null;
    return { resourceName, version, versionTag, resourceId: bpmnProcessId, content: xml };
  }

  private async form(key: string): Promise<Resource | undefined> {
    const form = await this.queries.formByKey(key);
    if (!form) return undefined;
    const { resourceName, version, formId, content } = form;
    return { resourceName, version, versionTag: null, resourceId: formId, content };
  }

  private async decision(key: string): Promise<Resource | undefined> {
    const all = await this.catalog.requirements();
    const graph = all.find(({ decisions }) => decisions.some((decision) => decision.key === key));
    const decision = graph?.decisions.find((one) => one.key === key);
    if (!graph || !decision) return undefined;
    const { resourceName } = graph;
    const content = await this.catalog.xml(graph);
    return { resourceName, version: decision.version, versionTag: null, resourceId: decision.decisionId, content };
  }
}
