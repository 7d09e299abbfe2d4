import { textOf, type ModdleElement } from './moddle.js';
import { label } from './problem-list.js';
import type { Reading } from './reading.js';

/** An attribute with a fixed list of values. Another value is refused, for read as the default it would silently mean something else. */
export function readChoice<T extends string>(
  reading: Reading,
  bearer: ModdleElement,
  {
    of = bearer,
    name,
    values,
  }: { readonly of?: ModdleElement | undefined; readonly name: string; readonly values: readonly T[] },
): T | undefined {
  const found = textOf(of, name);
  const value = values.find((each) => each === found);
  if (found === undefined || value !== undefined) return value;
  reading.problems.error('invalidChoice', bearer, {
    en: `Expected ${name} of ${label(bearer)} to be one of ${values.join(', ')} but found "${found}". Choose one of these.`,
    zh: `${label(bearer)} 的 ${name} 必须是 ${values.join('、')} 之一，现为“${found}”，请改正。`,
  });
  return undefined;
}

/** Source: BPMN 2.0.2, table 10.21, `method`: a transaction is undone by compensation here; another method would do something else. */
export function checkTransactionMethod(reading: Reading, transaction: ModdleElement): void {
  const method = textOf(transaction, 'method') ?? '##Compensate';
  if (/^(##)?compensate$/i.test(method)) return;
  reading.problems.error('unsupportedMethod', transaction, {
    en: `Expected method of transaction ${label(transaction)} to be ##Compensate but found "${method}". Remove the method: it is undone by its compensation activities.`,
    zh: `事务 ${label(transaction)} 的 method 只支持 ##Compensate，现为“${method}”。请删除该属性，事务将由补偿活动撤销。`,
  });
}
