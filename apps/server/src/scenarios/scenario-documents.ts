import type { ScenarioDocument, ScenarioExpectation } from '#configuration';
import { DocumentsService } from '../documents/documents.service.js';
import { listed, type ScenarioRun } from './scenario-run.js';

const READING = '核对文书内容';

/** Documents that were not made, and what those that were do not say. */
export async function documents(
  run: ScenarioRun,
  expected: readonly (string | ScenarioDocument)[],
): Promise<readonly string[]> {
  const keys = (await run.instances()).map(({ key }) => key);
  const made = await run.platform.workQueries.documentsOf(keys);
  const faults = await Promise.all(
    expected.map(async (wish) => {
      const document = typeof wish === 'string' ? { id: wish } : wish;
      const row = made.filter(({ documentId }) => documentId === document.id).at(-1);
      const isRenderedNow = document.as !== undefined;
      if (!row && !isRenderedNow)
        return [
          `Expected document ${document.id} to be made but found ${listed(made.map(({ documentId }) => documentId))}.`,
        ];
      return document.has || document.lacks ? textFaults(document, await textOf(run, document)) : [];
    }),
  );
  return faults.flat();
}

async function textOf(run: ScenarioRun, { id, as }: ScenarioDocument): Promise<string> {
  const service = run.app.get(DocumentsService);
  if (as !== undefined)
    return textIn(
      await service.open((await run.instance()).key, id, { account: await run.account(as), reason: READING }),
    );
  const keys = (await run.instances()).map(({ key }) => key);
  const row = (await run.platform.workQueries.documentsOf(keys)).filter(({ documentId }) => documentId === id).at(-1);
  return row ? textIn(await service.openForPetitioner(row)) : '';
}

/** Where the page handed out at the start does not say what it must. */
export function receipt(run: ScenarioRun, expected: NonNullable<ScenarioExpectation['receipt']>): readonly string[] {
  return textFaults({ id: 'receipt', ...expected }, textIn(run.receipt ?? ''));
}

function textFaults({ id, has = [], lacks = [] }: ScenarioDocument, text: string): readonly string[] {
  return [
    ...has
      .filter((words) => !text.includes(withoutSpace(words)))
      .map((words) => `Expected ${id} to say "${words}" but it says: ${text}`),
    ...lacks
      .filter((words) => text.includes(withoutSpace(words)))
      .map((words) => `Expected ${id} not to say "${words}" but it does.`),
  ];
}

/** What can be read on a page, without the spaces by which its source is laid out. */
const textIn = (html: string): string =>
  withoutSpace(html.replace(/<(style|head|title)[\s\S]*?<\/\1>/g, '').replace(/<[^>]*>/g, ''));
const withoutSpace = (text: string): string => text.replace(/\s+/g, '');
