import { Inject, Injectable } from '@nestjs/common';
import type { PortalRequest } from '#configuration';
import type { Queries } from '#persistence';
import type { InstanceRecord } from '#runtime';
import { FormContextService } from '../cases/form-context.service.js';
import { ConfigurationHolder } from '../configuration/configuration-holder.js';
import { QUERIES } from '../tokens.js';
import { PortalActionsService, type SpokenRequest } from './portal-actions.service.js';
import { PublicTexts } from './public-texts.service.js';

interface Standing extends SpokenRequest {
  readonly title: string;
  readonly label: string;
  readonly sentence: string;
}

/** What who follows a case asked for beside it, as `tracking.requests` of `portal.json` declares it: where each stands. */
@Injectable()
export class PortalRequestsService {
  constructor(
    private readonly configuration: ConfigurationHolder,
    private readonly forms: FormContextService,
    private readonly actions: PortalActionsService,
    private readonly texts: PublicTexts,
    @Inject(QUERIES) private readonly queries: Queries,
  ) {}

  /** Those of these instances, the oldest first; named by the value of their key alone. */
  async shown(instances: readonly InstanceRecord[]) {
    return (await this.of(instances)).map((request) => ({
      key: request.correlationKey,
      title: request.title,
      label: request.label,
      sentence: request.sentence,
      actions: request.isOpen ? this.actions.offered(request, request.actions) : [],
    }));
  }

  /** Undefined where none of these instances has that key. */
  async find(instances: readonly InstanceRecord[], key: string): Promise<SpokenRequest | undefined> {
    return (await this.of(instances)).find(({ correlationKey }) => correlationKey === key);
  }

  private async of(instances: readonly InstanceRecord[]): Promise<readonly Standing[]> {
    const declared = this.configuration.current.portal?.tracking?.requests ?? [];
    const all = instances.flatMap((instance) =>
      declared
        .filter(({ processId }) => processId === instance.bpmnProcessId)
        .map((request) => this.standing(request, instance)),
    );
    return (await Promise.all(all)).flat();
  }

  private async standing(request: PortalRequest, instance: InstanceRecord): Promise<readonly Standing[]> {
    const variables = await this.queries.variablesOf(instance.key);
    const correlationKey = variables[request.key];
    const state = request.states.find(({ when }) => this.forms.holds(when, variables));
    if (typeof correlationKey !== 'string' || !state) return [];
    const sentence = this.texts.filled(state.sentence, variables);
    const { title, actions = [] } = request;
    const spoken = { instance, variables, awaited: new Set<string>(), isOpen: instance.state === 'ACTIVE' };
    return [{ ...spoken, correlationKey, actions, title, label: state.label, sentence }];
  }
}
