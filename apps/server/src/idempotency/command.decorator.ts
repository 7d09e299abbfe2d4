import { applyDecorators, SetMetadata, UseInterceptors } from '@nestjs/common';
import { CurrentStateInterceptor } from '../problems/current-state.interceptor.js';
import { IdempotencyInterceptor } from './idempotency.interceptor.js';
import { COMMAND, type Repetition } from './repetition.js';

/**
 * A command that changes something: accepts the header `Idempotency-Key`, and tells with a 409 how the thing stands now.
 * Nothing else is intercepted: an interceptor costs a read a fifth of its time even where it does nothing.
 */
export const ClientCommand = (repetition: Repetition = 'stored') =>
  applyDecorators(SetMetadata(COMMAND, repetition), UseInterceptors(IdempotencyInterceptor, CurrentStateInterceptor));
