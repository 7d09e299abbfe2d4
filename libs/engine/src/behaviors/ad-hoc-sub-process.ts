import type { AdHoc } from '#bpmn';
import { expected } from '../lifecycle.js';
import { chooseElements } from '../parts/ad-hoc.js';
import { askWorkerAgain, beginByWorker, waitsForWorker } from '../parts/ad-hoc-worker.js';
import type { ElementScope } from '../parts/element-scope.js';
import { evaluateList, mismatch } from '../parts/expressions.js';
import { success, type Result } from '../parts/result.js';
import { setLocal } from '../parts/variables.js';
import type { ElementBehavior } from './behavior.js';

/**
 * Begins with the elements of its collection; others are chosen by command while it is active. With a task definition its
 * worker chooses. Source: BPMN 2.0.2, 10.3.5 and 13.3.5, "Ad-Hoc Sub-Process"; Camunda 8, "Ad-hoc sub-processes".
 */
export const adHocSubProcess: ElementBehavior = {
  activate(element, scope) {
    if (element.job) return beginByWorker(element.job, scope);
    const adHoc = expected(element.adHoc, `ad-hoc definition of ${element.id}`);
    const first = firstElements(adHoc, scope);
    if (!first.ok) return scope.incident(first.problem);
    if (!scope.wait()) return;
    if (adHoc.outputCollection !== undefined) setLocal(scope.execution, scope.key, { [adHoc.outputCollection]: [] });
    chooseElements(
      scope.execution,
      scope.instance,
      first.value.map((elementId) => ({ elementId })),
    );
  },
  retry(_element, scope) {
    if (!waitsForWorker(scope.execution, scope.instance)) askWorkerAgain(scope);
  },
};

function firstElements({ activeElementsCollection }: AdHoc, scope: ElementScope): Result<readonly string[]> {
  if (!activeElementsCollection) return success([]);
  const { execution, variables, element } = scope;
  const list = evaluateList(execution, variables, activeElementsCollection);
  if (!list.ok) return list;
  const known = new Set(element.implicitStarts.map((index) => execution.element(index).id));
  const isKnown = (id: unknown): id is string => typeof id === 'string' && known.has(id);
  if (list.value.every(isKnown)) return success(list.value);
  const wanted = `a list of elements that "${element.id}" can begin with (${[...known].join(', ')})`;
  return mismatch('EXTRACT_VALUE_ERROR', activeElementsCollection, wanted, list.value);
}
