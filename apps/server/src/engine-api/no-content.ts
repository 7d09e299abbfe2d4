import type { FastifyReply } from 'fastify';

/**
 * Answers 204 where an operation may give JSON and has none to give. The type is said all the same: clients that choose
 * their reader by it take an answer without one for a stream. Fastify itself takes the header away from a 204.
 */
export function noJson(reply: FastifyReply): void {
  void reply.status(204);
  reply.raw.setHeader('content-type', 'application/json');
}
