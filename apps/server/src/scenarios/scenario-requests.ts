import type { PortalAction } from '#configuration';
import { PortalService } from '../portal/portal.service.js';
import { Refusal } from '../problems/refusal.js';
import type { ScenarioRun } from './scenario-run.js';

/** Does an action of a request on the case page: of the oldest that offers it. False where no request has such an action. */
export async function actOnRequest(
  run: ScenarioRun,
  isMeant: (one: PortalAction) => boolean,
  data: Readonly<Record<string, unknown>>,
): Promise<boolean> {
  const declared = run.platform.configuration.current.portal?.tracking?.requests ?? [];
  const actionId = declared.flatMap(({ actions = [] }) => actions).find(isMeant)?.id;
  if (actionId === undefined) return false;
  const portal = run.app.get(PortalService);
  const { requests } = await portal.view(run.code());
  const requestKey = requests.find(({ actions }) => actions.some(({ id }) => id === actionId))?.key;
  if (requestKey === undefined)
    throw new Refusal('invalidState', `Expected a request on the page of the case that offers "${actionId}".`);
  await portal.act(run.code(), { actionId, requestKey, data });
  return true;
}
