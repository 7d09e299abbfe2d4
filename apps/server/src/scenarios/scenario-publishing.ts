import type { ScenarioChange, ScenarioStep } from '#configuration';
import { StudioController } from '../studio/studio.controller.js';
import { PublishingService, type StudioChange } from '../studio/publishing.service.js';
import { StudioService } from '../studio/studio.service.js';
import { ScenarioFault } from './scenario-fault.js';
import type { ScenarioRun } from './scenario-run.js';

/** Publishes changed files as the studio does, with a second person where one is needed. */
export async function publish(run: ScenarioRun, { as, approvedBy, reason = '', changes = [] }: ScenarioStep) {
  const studio = run.app.get(StudioService);
  const files = new Map<string, string>();
  for (const change of changes)
    files.set(change.file, changed(files.get(change.file) ?? (await studio.file(change.file)).content, change));
  const written: StudioChange[] = [...files].map(([path, content]) => ({ path, content }));
  const published = await run.app
    .get(PublishingService)
    .publish({ changes: written, message: reason }, await run.account(as));
  if (!('approvalId' in published)) {
    if (approvedBy !== undefined) throw new ScenarioFault('Expected a change that needs a second person.');
    return;
  }
  if (approvedBy === undefined)
    throw new ScenarioFault(`Expected a change that needs nobody else but found: ${published.why.join(' ')}`);
  const decision = { decision: 'approve', comment: reason } as const;
  await run.app.get(StudioController).decide(published.approvalId, decision, await run.account(approvedBy));
}

function changed(content: string, change: ScenarioChange): string {
  if ('pointer' in change) return JSON.stringify(withValue(JSON.parse(content), change), null, 2);
  if (content.split(change.find).length !== 2)
    throw new ScenarioFault(`Expected "${change.find}" to stand once in ${change.file}.`);
  return content.replace(change.find, () => change.put);
}

/** Source: RFC 6901; the value has to be there already. */
function withValue(
  whole: unknown,
  { file, pointer, value }: { readonly file: string; readonly pointer: string; readonly value: unknown },
): unknown {
  const names = pointer
    .slice(1)
    .split('/')
    .map((name) => name.replaceAll('~1', '/').replaceAll('~0', '~'));
  const last = names.pop() ?? '';
  const holder = names.reduce<unknown>((part, name) => memberOf(part, name), whole);
  if (memberOf(holder, last) === undefined)
    throw new ScenarioFault(`Expected a value at ${pointer} of ${file} but found none.`);
  (holder as Record<string, unknown>)[last] = value;
  return whole;
}

const memberOf = (part: unknown, name: string): unknown =>
  typeof part === 'object' && part !== null ? (part as Readonly<Record<string, unknown>>)[name] : undefined;
