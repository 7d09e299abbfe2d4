import type { BpmnElement } from '#bpmn';
import type { ProcessEntry } from '../configuration-set.js';
import { type LinkContext, missingSentence, reportElement } from './link-context.js';

/** `ct.exclusive` names roles, and belongs to a process that is a case: else there is nothing of its own to hide. */
export function linkExclusive(context: LinkContext, process: ProcessEntry, root: BpmnElement): void {
  const { exclusiveTo, caseSeries } = process;
  if (exclusiveTo === undefined) return;
  const known = context.set.roles.roles.map(({ id }) => id);
  for (const id of exclusiveTo.filter((one) => !known.includes(one)))
    reportElement(context, process, root, {
      code: 'link.unknownReference',
      text: missingSentence({ what: ['the role (ct.exclusive)', '岗位（ct.exclusive）'], id, known }),
    });
  if (exclusiveTo.length > 0 && caseSeries !== undefined) return;
  reportElement(context, process, root, {
    code: 'link.exclusive',
    text: [
      'Expected ct.exclusive to name roles, on a process with ct.case. Name a role and a number series, or remove it.',
      'ct.exclusive 要写岗位，并且流程要有自己的编号（ct.case）。请补上岗位和编号，或删除此项。',
    ],
  });
}
