import { Inject, Injectable } from '@nestjs/common';
import { type ProcessInstanceView, type Queries, SearchError, type SearchResult } from '#persistence';
import { InstanceVisibility } from '../access/instance-visibility.js';
import type { SignedIn } from '../access/signed-in.js';
import { QUERIES } from '../tokens.js';
import { type ListRules, searchList } from './list-search.js';
import { type SearchDto, tenant } from './search.js';

/** A message that met a subscription of a running instance. */
export interface Correlation {
  readonly correlationKey: string;
  /** Epoch ms. */
  readonly correlatedAt: number;
  readonly elementId: string;
  readonly elementInstanceKey: string;
  readonly messageKey: string;
  readonly messageName: string;
  readonly subscriptionKey: string;
  readonly instance: ProcessInstanceView;
}

export const correlationView = ({ correlatedAt, instance, ...correlation }: Correlation) => ({
  ...correlation,
  correlationTime: new Date(correlatedAt).toISOString(),
  partitionId: 1,
  processDefinitionId: instance.processDefinitionId,
  processDefinitionKey: instance.processDefinitionKey,
  processInstanceKey: instance.processInstanceKey,
  tenantId: tenant,
});

const rules: ListRules<Correlation> = {
  key: 'place',
  times: ['correlationTime'],
  fields: [
    'correlationKey',
    'correlationTime',
    'elementId',
    'elementInstanceKey',
    'messageKey',
    'messageName',
    'partitionId',
    'processDefinitionId',
    'processDefinitionKey',
    'processInstanceKey',
    'subscriptionKey',
    'place',
  ],
  fieldsOf: (correlation) => ({
    ...correlationView(correlation),
    correlationTime: correlation.correlatedAt,
    place: `${correlation.subscriptionKey}:${correlation.messageKey}`,
  }),
};

/** Most instances of one search. */
const mostInstances = 100;

/** Which messages were correlated, read from the logs of the instances that a search names. */
@Injectable()
export class CorrelationsService {
  constructor(
    @Inject(QUERIES) private readonly queries: Queries,
    private readonly visibility: InstanceVisibility,
  ) {}

  async search(body: SearchDto, account: SignedIn): Promise<SearchResult<Correlation>> {
    const wanted = instancesOf(body.filter?.['processInstanceKey']);
    const hidden = new Set(await this.visibility.hiddenInstances(account));
    const logs = await Promise.all(wanted.filter((key) => !hidden.has(key)).map((key) => this.ofInstance(key)));
    return searchList(logs.flat(), body, rules);
  }

  private async ofInstance(key: string): Promise<readonly Correlation[]> {
    const instance = await this.queries.get('processInstances', key);
    if (!instance) return [];
    const events = await this.queries.eventsOfTypes(key, [
      'messageSubscriptionCreated',
      'messageSubscriptionCorrelated',
    ]);
    const created = new Map(
      events.flatMap(({ event }) =>
        event.type === 'messageSubscriptionCreated' ? [[event.subscriptionKey, event] as const] : [],
      ),
    );
    return events.flatMap(({ at, event }): Correlation[] => {
      if (event.type !== 'messageSubscriptionCorrelated') return [];
      const subscription = created.get(event.subscriptionKey);
      if (!subscription) return [];
      const { correlationKey, elementId, elementInstanceKey, messageName, subscriptionKey } = subscription;
      const { messageKey } = event;
      const met = { correlationKey, elementId, elementInstanceKey, messageName, subscriptionKey, messageKey };
      return [{ ...met, correlatedAt: at, instance }];
    });
  }
}

/** A value, `$eq` or `$in`: the log is kept by instance, so the instances must be named. */
function instancesOf(asked: unknown): readonly string[] {
  const { $eq, $in } = (typeof asked === 'object' && asked !== null ? asked : { $eq: asked }) as Record<
    string,
    unknown
  >;
  const keys = Array.isArray($in) ? $in : [$eq];
  if (keys.length <= mostInstances && keys.every((key) => typeof key === 'string' && /^\d{1,18}$/.test(key)))
    return keys as string[];
  throw new SearchError(
    `Expected filter.processInstanceKey to name up to ${mostInstances} process instances: correlations stand in their logs.`,
  );
}
