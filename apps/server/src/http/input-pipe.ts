import { type ArgumentMetadata, type PipeTransform, ValidationPipe } from '@nestjs/common';
import { invalidBody } from './invalid-body.js';

const options = { whitelist: true, transform: true, exceptionFactory: invalidBody };

/** Checks what comes in against its DTO: a body has no other fields, a query may have more. */
export class InputPipe implements PipeTransform {
  private readonly strict = new ValidationPipe({ ...options, forbidNonWhitelisted: true });
  private readonly lenient = new ValidationPipe(options);

  transform(value: unknown, metadata: ArgumentMetadata): Promise<unknown> {
    const pipe = metadata.type === 'body' ? this.strict : this.lenient;
    return pipe.transform(value, metadata);
  }
}
