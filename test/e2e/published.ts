import { hashFiles, hashText } from '#configuration';
import { ConfigurationHolder } from '../../apps/server/src/configuration/configuration-holder.js';
import type { TestApp } from './start-app.js';

const added = new WeakMap<TestApp, Map<string, string>>();

/** Puts a process beside those of the configuration, as the operator does by hand. */
export async function publish(app: TestApp, processId: string, xml: string): Promise<void> {
  const more = added.get(app) ?? new Map<string, string>();
  added.set(app, more.set(`workflows/${processId}/${processId}.bpmn`, xml));
  const contents = new Map([...app.running.app.get(ConfigurationHolder).current.files, ...more]);
  const files = [...contents].map(([path, content]) => ({ path, content, digest: hashText(content) }));
  const deployed = await app.running.platform.runtime.deploy({ hash: hashFiles(contents), source: 'folder', files });
  if (!deployed.ok) throw new Error(deployed.rejection.message);
}
