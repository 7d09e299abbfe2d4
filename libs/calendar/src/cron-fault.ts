import { CronExpressionParser } from 'cron-parser';

/** Says what keeps a cron text from being one, in words that go on after "Expected". */
export function cronFault(expression: string): { readonly en: string; readonly zh: string } {
  if (expression.startsWith('='))
    return {
      en: `the formula to give a cron text but ${expression} gives none; are the parameters in it written rightly?`,
      zh: `算式 ${expression} 没有得出 cron，请核对里面的参数名`,
    };
  const fields = expression.trim().split(/\s+/).length;
  if (fields !== 5 && fields !== 6)
    return {
      en: `a cron text of five or six fields but found ${fields} in "${expression}"`,
      zh: `cron 应有五或六段，“${expression}”有 ${fields} 段`,
    };
  return fieldFault(expression, reasonOf(expression));
}

function fieldFault(expression: string, reason: string): { readonly en: string; readonly zh: string } {
  if (/explicit day of month/.test(reason))
    return { en: `a day that comes, which "${expression}" never does`, zh: `“${expression}”写的日子永远不会到` };
  const [, found, range] = /got value (\S+) expected range (\S+)/.exec(reason) ?? [];
  return {
    en: `each field of "${expression}" (minute hour day month weekday, before them the second where there are six) to be right: ${reason}`,
    zh: `cron “${expression}”有一段不对（依次是分、时、日、月、星期，六段的最前面是秒）${range === undefined ? '' : `：${found} 应在 ${range} 之间`}`,
  };
}

function reasonOf(expression: string): string {
  try {
    CronExpressionParser.parse(expression, { currentDate: new Date(0), tz: 'UTC' }).next();
    return 'H is not allowed';
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
