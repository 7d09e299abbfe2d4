import type { FastifyInstance } from 'fastify';
import { Refusal } from '../problems/refusal.js';

/** Lists and objects inside of one another; forms and diagrams of people stay far below. */
const deepest = 100;

/** Looks at the body of each request that has one, files apart. */
export function refuseDeepBodies(server: FastifyInstance): void {
  server.addHook('preValidation', ({ body, headers }, _, done) => {
    if (typeof body === 'object' && body !== null && !headers['content-type']?.startsWith('multipart/'))
      refuseDeepBody(body);
    done();
  });
}

/**
 * Refuses a body that is nested so deeply that code walking it would run out of stack, and one with a number such as
 * `1e400`, which is read as infinity and would be stored as null.
 *
 * @throws Refusal `invalidArgument`
 */
export function refuseDeepBody(body: unknown): void {
  let level: unknown[] = [body];
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth > deepest)
      throw new Refusal('invalidArgument', `Expected a body nested at most ${deepest} deep.`, {
        zh: '提交的内容嵌套太深。',
      });
    if (level.some((value) => typeof value === 'number' && !Number.isFinite(value)))
      throw new Refusal('invalidArgument', 'Expected numbers up to 1.79e308 but found a larger one.', {
        zh: '提交的数字太大。',
      });
    level = level.flatMap((value) => (typeof value === 'object' && value !== null ? Object.values(value) : []));
  }
}
