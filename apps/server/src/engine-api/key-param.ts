import { Injectable, Param, type PipeTransform } from '@nestjs/common';
import { notFound } from '../problems/refusal.js';

/** A key of the address: decimal digits. Anything else names nothing, so it is not found. */
@Injectable()
class KeyPipe implements PipeTransform<string, string> {
  transform(value: string): string {
    if (/^\d{1,18}$/.test(value)) return value;
    throw notFound(`key ${JSON.stringify(value.slice(0, 40))}`);
  }
}

/** `@Key('userTaskKey') userTaskKey: string` */
export const Key = (name: string): ParameterDecorator => Param(name, KeyPipe);
