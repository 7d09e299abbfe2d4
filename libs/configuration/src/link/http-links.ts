import { constantOf } from './expressions.js';
import type { JobCheck } from './job-links.js';

const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD'];
const LONGEST_SECONDS = 60;

/** Checks a task of the type `ct.http`; whether a literal address is allowed is the operator's to say, so that is a warning. */
export const linkHttpCall: JobCheck = (context, element, report) => {
  const mapped = (name: string) => element.inputMappings.find(({ target }) => target === name)?.source;
  const url = mapped('url');
  if (!url)
    report({
      code: 'link.missingInput',
      text: ['Expected an input mapping to "url" but found none.', '缺少名为“url”的输入映射。'],
    });
  const address = constantOf(url);
  if (typeof address === 'string') {
    const isAddress = /^https?:/.test(address) && URL.canParse(address);
    const text = isAddress
      ? context.outgoingFault?.(address)
      : ([
          `Expected the input "url" to be an http or https address but found "${address}".`,
          `输入“url”应为 http 或 https 地址，现为“${address}”。`,
        ] as const);
    if (text) report({ code: 'link.outgoingAddress', severity: isAddress ? 'warning' : 'error', text });
  }
  const method = constantOf(mapped('method'));
  if (typeof method === 'string' && !METHODS.includes(method.toUpperCase()))
    report({
      code: 'link.invalidInput',
      text: [
        `Expected the input "method" to be one of ${METHODS.join(', ')} but found "${method}".`,
        `输入“method”应为 ${METHODS.join('、')} 之一，现为“${method}”。`,
      ],
    });
  const { resultVariable, timeoutSeconds } = element.job?.headers ?? {};
  if (!/^[\p{L}_][\p{L}\p{N}_]*$/u.test(resultVariable ?? ''))
    report({
      code: resultVariable ? 'link.invalidHeader' : 'link.missingHeader',
      text: [
        'Expected the task header "resultVariable" to name a variable for the answer.',
        '任务头（task header）“resultVariable”应写明存放返回结果的变量名。',
      ],
    });
  if (timeoutSeconds !== undefined && !(Number(timeoutSeconds) > 0 && Number(timeoutSeconds) <= LONGEST_SECONDS))
    report({
      code: 'link.invalidHeader',
      text: [
        `Expected the task header "timeoutSeconds" to be a number up to ${LONGEST_SECONDS} but found "${timeoutSeconds}".`,
        `任务头（task header）“timeoutSeconds”应为不超过 ${LONGEST_SECONDS} 的秒数，现为“${timeoutSeconds}”。`,
      ],
    });
};
