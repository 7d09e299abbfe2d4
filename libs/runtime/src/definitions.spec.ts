import { model } from '#testing';
import { Definitions } from './definitions.js';
import type { RuntimeStore, StoredDefinition } from './ports.js';

const { xml } = model('order').start().end();
const SILENT = { info: () => undefined, warn: () => undefined, error: () => undefined };

function stored(key: string): StoredDefinition {
  const place = { version: 1, versionTag: null, setId: 1, resourceName: 'order.bpmn', digest: key, isLatest: true };
  return { key, bpmnProcessId: 'order', name: 'order', xml, ...place };
}

describe('definitions in memory', () => {
  it('keep those that are used, however many others are asked for once', async () => {
    const reads: string[] = [];
    const definitionByKey = async (key: string) => {
      reads.push(key);
      return Number(key) < 1_000 ? stored(key) : undefined;
    };
    const store = { isOnlyNode: true, reads: { definitionByKey } } as unknown as RuntimeStore;
    const definitions = new Definitions(store, SILENT);

    for (let key = 2; key < 250; key += 1) {
      await definitions.byKey('1');
      await definitions.byKey(String(key));
    }
    for (let unknown = 1_000; unknown < 1_300; unknown += 1) await definitions.byKey(String(unknown));
    await definitions.byKey('1');

    expect(reads.filter((key) => key === '1')).toHaveLength(1);
  });
});
