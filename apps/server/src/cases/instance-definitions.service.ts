import { Inject, Injectable } from '@nestjs/common';
import { parseBpmn } from '#bpmn';
import type { ProcessDefinition } from '#bpmn';
import type { Queries } from '#persistence';
import { found } from '../problems/refusal.js';
import { QUERIES } from '../tokens.js';

const KEPT = 100;

/** Definitions in the version that an instance runs on, which may be an older one than that of the configuration. */
@Injectable()
export class InstanceDefinitions {
  private readonly parsed = new Map<string, Promise<ProcessDefinition>>();

  constructor(@Inject(QUERIES) private readonly queries: Queries) {}

  of(processDefinitionKey: string): Promise<ProcessDefinition> {
    const known = this.parsed.get(processDefinitionKey) ?? this.parse(processDefinitionKey);
    this.parsed.set(processDefinitionKey, known);
    known.catch(() => this.parsed.delete(processDefinitionKey));
    if (this.parsed.size > KEPT) this.parsed.delete(this.parsed.keys().next().value ?? '');
    return known;
  }

  private async parse(processDefinitionKey: string): Promise<ProcessDefinition> {
    const name = `process definition ${processDefinitionKey}`;
    const stored = found(await this.queries.definition(processDefinitionKey), name);
    const { processes } = await parseBpmn(stored.xml);
    return found(
      processes.find(({ bpmnProcessId }) => bpmnProcessId === stored.bpmnProcessId),
      name,
    );
  }
}
