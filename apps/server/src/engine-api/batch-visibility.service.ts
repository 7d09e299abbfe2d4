import { Inject, Injectable } from '@nestjs/common';
import type { BatchItemCount, BatchOperationView, Filter, Queries, SearchRequest } from '#persistence';
import { InstanceVisibility } from '../access/instance-visibility.js';
import type { SignedIn } from '../access/signed-in.js';
import { found } from '../problems/refusal.js';
import { QUERIES } from '../tokens.js';

/**
 * Which batch operations exist for an operator, where cases are hidden from it: its own, without their items of those
 * cases, and of those of others the ones that touch none of them. Whether one does is known when all its items are found.
 */
@Injectable()
export class BatchVisibility {
  constructor(
    @Inject(QUERIES) private readonly queries: Queries,
    private readonly instances: InstanceVisibility,
  ) {}

  async search(request: SearchRequest, account: SignedIn) {
    const hidden = await this.hiddenItems(account);
    const found = await this.queries.search('batchOperations', await this.narrowed(request, account, hidden));
    return { ...found, items: found.items.map((batch) => without(batch, hidden)) };
  }

  /** @throws Refusal `notFound` where it does not exist for the account. */
  async get(batchOperationKey: string, account: SignedIn): Promise<BatchOperationView> {
    const { items } = await this.search({ filter: { batchOperationKey } }, account);
    return found(items[0], `batch operation ${batchOperationKey}`);
  }

  async searchItems(request: SearchRequest, account: SignedIn) {
    const others = othersIn(await this.hiddenItems(account), account);
    const narrowed = await this.instances.narrowed({ ...request, filter: except(request.filter, others) }, account);
    return this.queries.search('batchOperationItems', narrowed);
  }

  private hiddenItems(account: SignedIn): Promise<readonly BatchItemCount[]> {
    return this.queries.batchItemsOf(this.instances.hiddenCasesQuery(account));
  }

  private async narrowed(
    request: SearchRequest,
    account: SignedIn,
    hidden: readonly BatchItemCount[],
  ): Promise<SearchRequest> {
    if ((await this.instances.hiddenCases(account)).size === 0) return request;
    const anyOf = [{ createdBy: account.id }, { isCollected: true }];
    return { ...request, anyOf, filter: except(request.filter, othersIn(hidden, account)) };
  }
}

const othersIn = (hidden: readonly BatchItemCount[], { id }: SignedIn): readonly string[] => [
  ...new Set(hidden.filter(({ createdBy }) => createdBy !== id).map((one) => one.batchOperationKey)),
];

function except(filter: Filter = {}, keys: readonly string[]): Filter {
  const asked = filter['batchOperationKey'];
  const operators = typeof asked === 'object' ? asked : asked === undefined ? {} : { $eq: asked };
  const $notIn = [...(operators.$notIn ?? []), ...keys];
  return keys.length === 0 ? filter : { ...filter, batchOperationKey: { ...operators, $notIn } };
}

function without(batch: BatchOperationView, hidden: readonly BatchItemCount[]): BatchOperationView {
  const own = hidden.filter(({ batchOperationKey }) => batchOperationKey === batch.batchOperationKey);
  const count = (...states: readonly string[]) =>
    own.filter(({ state }) => states.length === 0 || states.includes(state)).reduce((sum, { items }) => sum + items, 0);
  return {
    ...batch,
    operationsTotalCount: batch.operationsTotalCount - count(),
    operationsFailedCount: batch.operationsFailedCount - count('FAILED'),
    operationsCompletedCount: batch.operationsCompletedCount - count('COMPLETED'),
  };
}
