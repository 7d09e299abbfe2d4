import type { Type } from '@nestjs/common';
import { ProductModule } from './product.module.js';

/** Feature modules beside the engine API. */
export const productModules: readonly Type[] = [ProductModule];
