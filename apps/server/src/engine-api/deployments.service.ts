import { Inject, Injectable } from '@nestjs/common';
import { hashFiles, hashText } from '#configuration';
import type { DeployedResource, Runtime } from '#runtime';
import { Refusal, replyOf } from '../problems/refusal.js';
import { RUNTIME } from '../tokens.js';
import { tenant } from './search.js';

const deployable = /\.(bpmn|dmn|form|form\.json)$/;

/** Deploys what clients send, as a set of its own beside the one of the configuration folder. */
@Injectable()
export class DeploymentsService {
  constructor(@Inject(RUNTIME) private readonly runtime: Runtime) {}

  async deploy(files: ReadonlyMap<string, string>, by: string) {
    const strange = [...files.keys()].find((name) => !deployable.test(name));
    if (strange) throw new Refusal('invalidArgument', `Expected .bpmn, .dmn or .form.json files but found ${strange}.`);
    const set = [...files].map(([path, content]) => ({ path, content, digest: hashText(content) }));
    const reply = replyOf(await this.runtime.deploy({ hash: hashFiles(files), source: 'api', by, files: set }));
    return { tenantId: tenant, deploymentKey: String(reply.setId), deployments: reply.resources.map(deploymentOf) };
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
  if (kind === 'form') return { form: { formId: id, version, resourceName, tenantId: tenant, formKey: key } };
  return {
    decisionDefinition: {
      decisionDefinitionId: id,
      version,
      name: id,
      tenantId: tenant,
      decisionRequirementsId: id,
      decisionDefinitionKey: key,
      decisionRequirementsKey: key,
    },
  };
}
