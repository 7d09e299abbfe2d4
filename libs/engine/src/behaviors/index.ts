import type { Behaviors } from './behavior.js';
import { adHocSubProcess } from './ad-hoc-sub-process.js';
import { boundaryEvent } from './boundary-event.js';
import { businessRuleTask } from './business-rule-task.js';
import { callActivity } from './call-activity.js';
import { complexGateway } from './complex-gateway.js';
import { endEvent } from './end-event.js';
import { eventBasedGateway } from './event-based-gateway.js';
import { exclusiveGateway } from './exclusive-gateway.js';
import { inclusiveGateway } from './inclusive-gateway.js';
import { intermediateCatchEvent } from './intermediate-catch-event.js';
import { intermediateThrowEvent } from './intermediate-throw-event.js';
import { manualTask } from './manual-task.js';
import { parallelGateway } from './parallel-gateway.js';
import { process } from './process.js';
import { receiveTask } from './receive-task.js';
import { scriptTask } from './script-task.js';
import { sendTask } from './send-task.js';
import { serviceTask } from './service-task.js';
import { startEvent } from './start-event.js';
import { subProcess } from './sub-process.js';
import { userTask } from './user-task.js';

/** What does the engine execute? One line an element; what is not here is refused at deployment. */
export const behaviors: Behaviors = {
  process,
  startEvent,
  intermediateCatchEvent,
  intermediateThrowEvent,
  boundaryEvent,
  endEvent,
  userTask,
  serviceTask,
  scriptTask,
  businessRuleTask,
  sendTask,
  receiveTask,
  manualTask,
  task: manualTask,
  callActivity,
  subProcess,
  eventSubProcess: subProcess,
  adHocSubProcess,
  transaction: subProcess,
  exclusiveGateway,
  parallelGateway,
  inclusiveGateway,
  eventBasedGateway,
  complexGateway,
};
