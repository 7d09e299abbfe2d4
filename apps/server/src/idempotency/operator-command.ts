import { applyDecorators, HttpCode, Post } from '@nestjs/common';
import { ApiNoContentResponse } from '@nestjs/swagger';
import { ClientCommand } from './command.decorator.js';

/** A command that is posted and answered without content, and is done once where its `Idempotency-Key` comes again. */
export const OperatorCommand = (path: string, description?: string): MethodDecorator =>
  applyDecorators(
    ClientCommand(),
    Post(path),
    HttpCode(204),
    ApiNoContentResponse(description === undefined ? {} : { description }),
  );
