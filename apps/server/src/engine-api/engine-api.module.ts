import { Module } from '@nestjs/common';
import { productModules } from '../product-modules.js';
import { BatchVisibility } from './batch-visibility.service.js';
import { BatchOperationsController } from './batch-operations.controller.js';
import { ClusterController } from './cluster.controller.js';
import { ConditionalsController } from './conditionals.controller.js';
import { CompletionWait } from './completion-wait.service.js';
import { CorrelationsService } from './correlations.service.js';
import { DecisionCatalog } from './decision-catalog.service.js';
import { DecisionInstancesController } from './decision-instances.controller.js';
import { DecisionRequirementsController } from './decision-requirements.controller.js';
import { DecisionsController } from './decisions.controller.js';
import { DecisionsService } from './decisions.service.js';
import { DeploymentsController } from './deployments.controller.js';
import { DeploymentsService } from './deployments.service.js';
import { DirectoryService } from './directory.service.js';
import { ClientDocumentsController } from './documents/documents.controller.js';
import { ClientDocumentsService } from './documents/documents.service.js';
import { DocumentLinks } from './documents/document-links.js';
import { ElementInstancesController } from './element-instances.controller.js';
import { IdentityController } from './identity.controller.js';
import { IncidentsController } from './incidents.controller.js';
import { InstanceHistoryController } from './instance-history.controller.js';
import { InstanceOperationsController } from './instance-operations.controller.js';
import { JobsController } from './jobs.controller.js';
import { MessagesController } from './messages.controller.js';
import { ProcessDefinitionsController } from './process-definitions.controller.js';
import { ProcessInstancesController } from './process-instances.controller.js';
import { ResourcesController } from './resources.controller.js';
import { ResourcesService } from './resources.service.js';
import { SubscriptionsController } from './subscriptions.controller.js';
import { UnservedController } from './unserved.controller.js';
import { UserTasksController } from './user-tasks.controller.js';
import { UserTasksService } from './user-tasks.service.js';
import { VariablesController } from './variables.controller.js';

/** `/v2`: the Orchestration Cluster REST API of Camunda 8.8, for what exists here. */
@Module({
  imports: [...productModules],
  controllers: [
    BatchOperationsController,
    InstanceHistoryController,
    InstanceOperationsController,
    ClientDocumentsController,
    ClusterController,
    ConditionalsController,
    DecisionInstancesController,
    DecisionRequirementsController,
    DecisionsController,
    DeploymentsController,
    ElementInstancesController,
    IdentityController,
    IncidentsController,
    JobsController,
    MessagesController,
    ProcessDefinitionsController,
    ProcessInstancesController,
    ResourcesController,
    SubscriptionsController,
    UnservedController,
    UserTasksController,
    VariablesController,
  ],
  providers: [
    BatchVisibility,
    ClientDocumentsService,
    CompletionWait,
    CorrelationsService,
    DecisionCatalog,
    DecisionsService,
    DeploymentsService,
    DirectoryService,
    DocumentLinks,
    ResourcesService,
    UserTasksService,
  ],
})
export class EngineApiModule {}
