import { childrenOf, type ModdleElement } from './moddle.js';
import { label, type ProblemList } from './problem-list.js';

/** What holds others, by the property that does. */
const lists = ['flowElements', 'conversations', 'choreographyRef'] as const;

const unexecuted = /^bpmn:(Sub|Call)?(Choreography|Conversation)(Task)?$|^bpmn:Global(Choreography|Conversation)/;

/**
 * Names what stands beside the executable processes and is not executed: other processes, choreographies and
 * conversations; they stay in the file. Source: BPMN 2.0.2, 2.2, "Process Execution Conformance".
 */
export function nameUnexecuted(problems: ProblemList, roots: readonly ModdleElement[]): void {
  const [executable, others] = [true, false].map((wanted) =>
    roots.filter(({ $type, isExecutable }) => $type === 'bpmn:Process' && (isExecutable === true) === wanted),
  );
  if (executable?.length) others?.forEach((process) => note(problems, process));
  const open = roots.filter(({ $type }) => $type !== 'bpmn:Process');
  for (let element = open.pop(); element; element = open.pop()) {
    if (unexecuted.test(element.$type)) note(problems, element);
    const children = lists.flatMap((list) => childrenOf(element ?? { $type: '' }, list));
    open.push(...children.filter((child) => child.$parent === element));
  }
}

function note(problems: ProblemList, element: ModdleElement): void {
  const type = element.$type.replace('bpmn:', '');
  problems.warning('notExecuted', element, {
    en: `Expected only executable processes to be run: ${type} ${label(element)} stays in the file and is not executed.`,
    zh: `${label(element)}（${type}）不是可执行的流程，只保留在文件中，不会执行。`,
  });
}
