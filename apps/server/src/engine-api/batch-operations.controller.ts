import { applyDecorators, Body, Controller, Get, HttpCode, Inject, Post } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { Queries, SearchRequest } from '#persistence';
import type { BatchPlan, Runtime } from '#runtime';
import { CurrentAccount, RequirePermission } from '../access/decorators.js';
import { InstanceVisibility } from '../access/instance-visibility.js';
import type { SignedIn } from '../access/signed-in.js';
import { found, Refusal, replyOf } from '../problems/refusal.js';
import { QUERIES, RUNTIME } from '../tokens.js';
import { ClientCommand } from '../idempotency/command.decorator.js';
import { OperatorCommand } from '../idempotency/operator-command.js';
import { BatchVisibility } from './batch-visibility.service.js';
import { BatchFilterDto, BatchMigrationDto, BatchModificationDto } from './dto/operations.dto.js';
import { Key } from './key-param.js';
import { batchOperationRules, processInstanceRules } from './search-rules.js';
import { resultOf, SearchDto, searchOf } from './search.js';
import { batchItemView, batchOperationView } from './views.js';

/** Asks for the same of all instances that a filter finds. */
const ForMany = (operation: string): MethodDecorator =>
  applyDecorators(ClientCommand(), Post(`process-instances/${operation}`), HttpCode(200), ApiOkResponse());

/**
 * The same for many instances, by filter; an account reaches only what exists for it. Suspension and resumption of
 * instances are ours, the rest is named as Camunda 8 does.
 */
@ApiTags('engine: batch operations')
@RequirePermission('BATCH:READ')
@Controller('v2')
export class BatchOperationsController {
  constructor(
    @Inject(QUERIES) private readonly queries: Queries,
    @Inject(RUNTIME) private readonly runtime: Runtime,
    private readonly visibility: InstanceVisibility,
    private readonly batches: BatchVisibility,
  ) {}

  @RequirePermission('BATCH:CREATE', 'BATCH:CREATE_BATCH_OPERATION_CANCEL_PROCESS_INSTANCE')
  @ForMany('cancellation')
  cancelInstances(@Body() body: BatchFilterDto, @CurrentAccount() account: SignedIn) {
    return this.create({ type: 'CANCEL_PROCESS_INSTANCE' }, body, account);
  }

  @RequirePermission('BATCH:CREATE', 'BATCH:CREATE_BATCH_OPERATION_RESOLVE_INCIDENT')
  @ForMany('incident-resolution')
  resolveIncidents(@Body() body: BatchFilterDto, @CurrentAccount() account: SignedIn) {
    return this.create({ type: 'RESOLVE_INCIDENT' }, body, account);
  }

  @RequirePermission('BATCH:CREATE', 'BATCH:CREATE_BATCH_OPERATION_MODIFY_PROCESS_INSTANCE')
  @ForMany('modification')
  modifyInstances(@Body() body: BatchModificationDto, @CurrentAccount() account: SignedIn) {
    return this.create({ type: 'MODIFY_PROCESS_INSTANCE', move: body.moveInstructions }, body, account);
  }

  @RequirePermission('BATCH:CREATE', 'BATCH:CREATE_BATCH_OPERATION_MIGRATE_PROCESS_INSTANCE')
  @ForMany('migration')
  async migrateInstances(@Body() body: BatchMigrationDto, @CurrentAccount() account: SignedIn) {
    const { targetProcessDefinitionKey: targetDefinitionKey, mappingInstructions: mappings } = body.migrationPlan;
    found(await this.queries.definition(targetDefinitionKey), `process definition ${targetDefinitionKey}`);
    return this.create({ type: 'MIGRATE_PROCESS_INSTANCE', targetDefinitionKey, mappings }, body, account);
  }

  @RequirePermission('BATCH:CREATE', 'BATCH:CREATE_BATCH_OPERATION_DELETE_PROCESS_INSTANCE')
  @ForMany('deletion')
  deleteInstances(@Body() body: BatchFilterDto, @CurrentAccount() account: SignedIn) {
    return this.create({ type: 'DELETE_PROCESS_INSTANCE' }, body, account);
  }

  @RequirePermission('BATCH:CREATE')
  @ForMany('suspension')
  suspendInstances(@Body() body: BatchFilterDto, @CurrentAccount() account: SignedIn) {
    return this.create({ type: 'SUSPEND_PROCESS_INSTANCE' }, body, account);
  }

  @RequirePermission('BATCH:CREATE')
  @ForMany('resumption')
  resumeInstances(@Body() body: BatchFilterDto, @CurrentAccount() account: SignedIn) {
    return this.create({ type: 'RESUME_PROCESS_INSTANCE' }, body, account);
  }

  @Post('batch-operations/search')
  @HttpCode(200)
  @ApiOkResponse()
  async search(@Body() body: SearchDto, @CurrentAccount() account: SignedIn) {
    return resultOf(await this.batches.search(searchOf(body, batchOperationRules), account), batchOperationView);
  }

  @Get('batch-operations/:batchOperationKey')
  @ApiOkResponse()
  async get(@Key('batchOperationKey') key: string, @CurrentAccount() account: SignedIn) {
    return batchOperationView(await this.batches.get(key, account));
  }

  @RequirePermission('BATCH:UPDATE')
  @OperatorCommand('batch-operations/:batchOperationKey/suspension')
  async suspend(@Key('batchOperationKey') key: string, @CurrentAccount() account: SignedIn): Promise<void> {
    await this.batches.get(key, account);
    replyOf(await this.runtime.batches.suspend(key));
  }

  @RequirePermission('BATCH:UPDATE')
  @OperatorCommand('batch-operations/:batchOperationKey/resumption')
  async resume(@Key('batchOperationKey') key: string, @CurrentAccount() account: SignedIn): Promise<void> {
    await this.batches.get(key, account);
    replyOf(await this.runtime.batches.resume(key));
  }

  @RequirePermission('BATCH:UPDATE')
  @OperatorCommand('batch-operations/:batchOperationKey/cancellation')
  async cancel(@Key('batchOperationKey') key: string, @CurrentAccount() account: SignedIn): Promise<void> {
    await this.batches.get(key, account);
    replyOf(await this.runtime.batches.cancel(key));
  }

  @Post('batch-operation-items/search')
  @HttpCode(200)
  @ApiOkResponse()
  async searchItems(@Body() body: SearchDto, @CurrentAccount() account: SignedIn) {
    return resultOf(await this.batches.searchItems(searchOf(body), account), batchItemView);
  }

  /** Whoever intervenes in a case does it by itself, with a reason and a second person. */
  private async requireNoCases(request: SearchRequest): Promise<void> {
    const ofCases = { ...request, filter: { ...request.filter, caseKey: { $exists: true } }, page: { limit: 1 } };
    const { items } = await this.queries.search('processInstances', ofCases);
    const [first] = items;
    if (request.isEmpty || first === undefined) return;
    throw new Refusal(
      'invalidState',
      `Expected a filter that finds no cases but it finds process instance ${first.processInstanceKey} of one. Leave cases out; they are changed one by one, with a reason and a second person.`,
      { zh: '筛选条件里有正在办理的事项，不能成批改动；请逐件办理，写明理由，由另一个人批准。' },
    );
  }

  /** A filter that the search refuses is refused at once, before anything is kept. */
  private async create(plan: BatchPlan, { filter }: BatchFilterDto, account: SignedIn) {
    const request = await this.visibility.narrowed(searchOf({ filter }, processInstanceRules), account);
    if (request.anyOf ?? request.variables)
      throw new Refusal(
        'invalidArgument',
        'Expected a filter by fields: a batch operation takes neither $or nor variables.',
      );
    await this.queries.search('processInstances', { ...request, page: { limit: 0 } });
    const isRepair = plan.type === 'RESOLVE_INCIDENT' || plan.type === 'RESUME_PROCESS_INSTANCE';
    if (!isRepair) await this.requireNoCases(request);
    const reached = isRepair ? request.filter : { ...request.filter, caseKey: { $exists: false } };
    const wanted = request.isEmpty ? { processInstanceKey: { $in: [] } } : (reached ?? {});
    const created = await this.runtime.batches.create({ plan, filter: wanted, by: account.id });
    const { batchOperationKey, type } = replyOf(created);
    return { batchOperationKey, batchOperationType: type };
  }
}
