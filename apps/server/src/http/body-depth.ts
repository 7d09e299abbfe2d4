import { Refusal } from '../problems/refusal.js';

/** Lists and objects inside of one another; forms and diagrams of people stay far below. */
const deepest = 100;

/** Refuses a body that is nested so deeply that code walking it would run out of stack. @throws Refusal `invalidArgument` */
export function refuseDeepBody(body: unknown): void {
  let level: unknown[] = [body];
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth > deepest)
      throw new Refusal('invalidArgument', `Expected a body nested at most ${deepest} deep.`, {
        zh: '提交的内容嵌套太深。',
      });
    level = level.flatMap((value) => (typeof value === 'object' && value !== null ? Object.values(value) : []));
  }
}
