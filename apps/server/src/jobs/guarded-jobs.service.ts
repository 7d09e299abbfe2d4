import { Inject, Injectable } from '@nestjs/common';
import { parseBpmn, type BpmnElement } from '#bpmn';
import { createDefinitionSources, type Database, type DefinitionSources } from '#persistence';
import type { JobHandler, Runtime } from '#runtime';
import { Refusal } from '../problems/refusal.js';
import { DATABASE, RUNTIME } from '../tokens.js';
import { failure } from './job-failure.js';

/** Lets a case out of exclusive hands, so it is refused like a guarded type (ADR 28). */
const RETURNED = 'ct.returned';

/**
 * Job types that destroy, open or send out what is protected. They are worked for processes of the configuration alone,
 * where a second person looks at what is published; one that came by the API of the engine gets an incident.
 */
@Injectable()
export class GuardedJobs {
  private readonly types = new Set<string>();
  private readonly sources: DefinitionSources;

  constructor(
    @Inject(RUNTIME) private readonly runtime: Runtime,
    @Inject(DATABASE) database: Database,
  ) {
    this.sources = createDefinitionSources(database);
  }

  register(type: string, handler: JobHandler): void {
    this.types.add(type);
    this.runtime.registerJobHandler(type, async (job) =>
      (await this.sources.sourceOf(job.processDefinitionKey)) === 'folder'
        ? handler(job)
        : failure(sentence(`the type ${type}`)),
    );
  }

  /** Refuses files with such a task; a type that an expression gives is found when the task is reached. */
  async refuseIn(files: ReadonlyMap<string, string>): Promise<void> {
    for (const [path, content] of files) {
      if (!path.endsWith('.bpmn')) continue;
      const { processes } = await parseBpmn(content, { file: path });
      for (const element of processes.flatMap(({ elements }) => elements)) {
        const type = typesOf(element).find((one) => this.types.has(one));
        if (type !== undefined) throw refusalOf(`${path}, ${element.id}`, [`the type ${type}`, `任务类型“${type}”`]);
        if (element.properties[RETURNED] !== undefined)
          throw refusalOf(`${path}, ${element.id}`, [`the property ${RETURNED}`, `属性“${RETURNED}”`]);
      }
    }
  }
}

function typesOf({ job, executionListeners, userTask }: BpmnElement): readonly string[] {
  const jobs = [...(job ? [job] : []), ...executionListeners, ...(userTask?.taskListeners ?? [])];
  return jobs.map(({ type }) => type.source);
}

const sentence = (what: string): string =>
  `Expected ${what} in a process of the configuration alone: publish it in the studio, where a second person approves it.`;

const refusalOf = (place: string, [en, zh]: readonly [string, string]): Refusal =>
  new Refusal('forbidden', `${place}: ${sentence(en)}`, {
    zh: `${place}：${zh}涉及受保护的内容，只能用在配置的流程里。请在“配置”中发布，由第二人批准。`,
  });
