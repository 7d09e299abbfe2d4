import type { PortalFile } from '#configuration';
import type { InstanceRecord } from '#runtime';

/**
 * The public state that an instance is in: the one of its own course, or `tracking.terminated` of the portal where it was
 * ended from outside, because what its course said last is no longer true.
 */
export function publicStateOf(
  { state, publicState }: Pick<InstanceRecord, 'state' | 'publicState'>,
  portal: PortalFile | undefined,
): string | null {
  const terminated = portal?.tracking?.terminated;
  return state === 'TERMINATED' && publicState !== null && terminated !== undefined ? terminated : publicState;
}

/** Whether an instance has a public state of its own: one that is called works for its caller, which tells it. */
export const speaks = ({ parentInstanceKey, publicState }: InstanceRecord): boolean =>
  parentInstanceKey === null && publicState !== null;
