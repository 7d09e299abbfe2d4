import { applyDecorators } from '@nestjs/common';
import { ApiAcceptedResponse, ApiNoContentResponse } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import type { Awaiting } from '../studio/approvals.service.js';

export const ApiIntervention = (): MethodDecorator =>
  applyDecorators(
    ApiNoContentResponse(),
    ApiAcceptedResponse({ description: 'Ours: the instance belongs to a case; it waits for a second person' }),
  );

/** 204 where it was done, 202 where it waits for a second person. */
export function intervened(awaiting: Awaiting | null, reply: FastifyReply): Awaiting | undefined {
  if (awaiting === null) return undefined;
  reply.status(202);
  return awaiting;
}
