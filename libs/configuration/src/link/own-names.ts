import type { BpmnElement } from '#bpmn';
import type { ProcessEntry } from '../configuration-set.js';
import { type LinkContext, missingSentence, reportElement } from './link-context.js';

/** Properties of the platform's own (files.md, "Properties"); `ct.role` is of lanes. */
const ownProperties = [
  'ct.case',
  'ct.choosesOtherThan',
  'ct.clauses',
  'ct.exclusive',
  'ct.historyTimeToLive',
  'ct.intervention',
  'ct.next',
  'ct.notOf',
  'ct.otherThan',
  'ct.returned',
  'ct.role',
  'ct.state',
  'ct.supervision',
  'ct.taskActions',
  'ct.thread',
  'ct.title',
  'ct.tracking',
];

/** Refuses what is written like a name of the platform and is none: a misspelt one would do nothing in silence. */
export function linkOwnKeys(context: LinkContext, process: ProcessEntry, element: BpmnElement): void {
  const properties = element.type === 'process' ? process.definition.properties : element.properties;
  const headers = { ...element.job?.headers, ...element.userTask?.headers };
  for (const [keys, known, what] of [
    [properties, ownProperties, ['the property', '扩展属性']],
    [headers, [], ['the task header', '任务头（task header）']],
  ] as const)
    for (const id of Object.keys(keys).filter((key) => key.startsWith('ct.') && !known.some((one) => one === key)))
      reportElement(context, process, element, {
        code: 'link.unknownProperty',
        text: missingSentence({ what, id, known }),
      });
}

/** Elements that were made from a ready-made step that the studio no longer offers: they run, but lose their questions. */
export function linkModelerTemplates(context: LinkContext, process: ProcessEntry): void {
  const known = context.set.elementTemplates.map(({ id }) => id);
  for (const [tag, id = ''] of process.xml.matchAll(/<[\w:]+\s[^>]*?\bmodelerTemplate="([^"]*)"[^>]*>/g)) {
    const index = process.definition.indexById.get(/\sid="([^"]*)"/.exec(tag)?.[1] ?? '');
    const element = process.definition.elements[index ?? 0];
    if (known.includes(id) || !element) continue;
    const text = missingSentence({ what: ['the ready-made step', '步骤模板'], id, known });
    reportElement(context, process, element, { code: 'link.unknownTemplate', severity: 'warning', text });
  }
}
