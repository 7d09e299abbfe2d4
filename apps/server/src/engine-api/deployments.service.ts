import { Inject, Injectable } from '@nestjs/common';
import { hashFiles, hashText } from '#configuration';
import type { DeployedResource, Runtime } from '#runtime';
import { GuardedJobs } from '../jobs/guarded-jobs.service.js';
import { Refusal, replyOf } from '../problems/refusal.js';
import { RUNTIME } from '../tokens.js';
import { DecisionCatalog } from './decision-catalog.service.js';
import { decisionDefinitionView, decisionRequirementsView } from './decision-views.js';
import { tenant } from './search.js';

const deployable = /\.(bpmn|dmn|form\.json)$/;

/** Deploys what clients send, as a set of its own beside the one of the configuration folder. */
@Injectable()
export class DeploymentsService {
  constructor(
    @Inject(RUNTIME) private readonly runtime: Runtime,
    private readonly catalog: DecisionCatalog,
    private readonly guarded: GuardedJobs,
  ) {}

  async deploy(files: ReadonlyMap<string, string>, by: string) {
    const strange = [...files.keys()].find((name) => !deployable.test(name));
    if (strange) throw new Refusal('invalidArgument', `Expected .bpmn, .dmn or .form.json files but found ${strange}.`);
    await this.guarded.refuseIn(files);
    const set = [...files].map(([path, content]) => ({ path, content, digest: hashText(content) }));
    const reply = replyOf(await this.runtime.deploy({ hash: hashFiles(files), source: 'api', by, files: set }));
    const others = reply.resources.filter(({ kind }) => kind !== 'decision').map(deploymentOf);
    const decisions = await this.decisionsOf(reply.resources);
    return { tenantId: tenant, deploymentKey: String(reply.setId), deployments: [...others, ...decisions] };
  }

  /** Each decision, and after them each DMN file that they stand in. */
  private async decisionsOf(resources: readonly DeployedResource[]) {
    const keys = new Set(resources.filter(({ kind }) => kind === 'decision').map(({ key }) => key));
    if (keys.size === 0) return [];
    const all = await this.catalog.requirements();
    const graphs = all.filter(({ decisions }) => decisions.some(({ key }) => keys.has(key)));
    const decisions = graphs.flatMap((requirements) =>
      requirements.decisions.map((decision) => ({ ...decision, requirements })),
    );
    return [
      ...decisions.map((decision) => ({ decisionDefinition: decisionDefinitionView(decision) })),
      ...graphs.map((graph) => ({ decisionRequirements: decisionRequirementsView(graph) })),
    ];
  }
}

function deploymentOf({ kind, id, key, version, resourceName }: DeployedResource) {
  if (kind === 'process') {
    return {
      processDefinition: {
        processDefinitionId: id,
        processDefinitionVersion: version,
        resourceName,
        tenantId: tenant,
        processDefinitionKey: key,
      },
    };
  }
  return { form: { formId: id, version, resourceName, tenantId: tenant, formKey: key } };
}
