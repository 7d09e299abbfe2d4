import { Body, Controller, HttpCode, Inject, Post } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { MessageSubscriptionView, Queries } from '#persistence';
import { CurrentAccount, RequirePermission } from '../access/decorators.js';
import { InstanceVisibility } from '../access/instance-visibility.js';
import type { SignedIn } from '../access/signed-in.js';
import { QUERIES } from '../tokens.js';
import { correlationView, CorrelationsService } from './correlations.service.js';
import { resultOf, SearchDto, searchOf, type SearchRules, tenant } from './search.js';

/** A subscription is a row as long as it is open. */
const rules: SearchRules = {
  constants: { messageSubscriptionState: 'CREATED' },
  refused: { lastUpdatedDate: 'a subscription never changes while it is open; look at its element instance' },
};

@ApiTags('engine: messages and signals')
@RequirePermission('PROCESS_DEFINITION:READ_PROCESS_INSTANCE')
@Controller('v2')
export class SubscriptionsController {
  constructor(
    @Inject(QUERIES) private readonly queries: Queries,
    private readonly visibility: InstanceVisibility,
    private readonly correlations: CorrelationsService,
  ) {}

  @Post('message-subscriptions/search')
  @HttpCode(200)
  @ApiOkResponse({ description: 'Open subscriptions of running instances.' })
  async search(@Body() body: SearchDto, @CurrentAccount() account: SignedIn) {
    const request = await this.visibility.narrowed(searchOf(body, rules), account);
    return resultOf(await this.queries.search('messageSubscriptions', request), subscriptionView);
  }

  @Post('correlated-message-subscriptions/search')
  @HttpCode(200)
  @ApiOkResponse({ description: 'Of the instances that `filter.processInstanceKey` names.' })
  async searchCorrelated(@Body() body: SearchDto, @CurrentAccount() account: SignedIn) {
    return resultOf(await this.correlations.search(body, account), correlationView);
  }
}

const subscriptionView = (subscription: MessageSubscriptionView) => ({
  messageSubscriptionKey: subscription.messageSubscriptionKey,
  processDefinitionId: subscription.processDefinitionId,
  processDefinitionKey: subscription.processDefinitionKey,
  processInstanceKey: subscription.processInstanceKey,
  elementId: subscription.elementId,
  elementInstanceKey: subscription.elementInstanceKey,
  messageSubscriptionState: 'CREATED',
  messageName: subscription.messageName,
  correlationKey: subscription.correlationKey,
  tenantId: tenant,
});
