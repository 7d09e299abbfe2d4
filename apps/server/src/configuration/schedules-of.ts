import type { ConfigurationSet } from '#configuration';
import type { Variables } from '#engine';
import type { ScheduleDefinition } from '#runtime';

/** The schedules of a set, as the runtime follows them. */
export function schedulesOf({ schedules }: ConfigurationSet): readonly ScheduleDefinition[] {
  return schedules.map(({ id, digest, processId, next, variables }) => ({
    id,
    digest,
    bpmnProcessId: processId,
    next,
    variables: (scheduledFor, context) => variables(scheduledFor, context) as Variables | undefined,
  }));
}
