import type { Type } from '@nestjs/common';

/** Feature modules of the product API: portal, tasks, cases, launchers, documents, reveals, attachments, studio, supervision, scenarios. */
export const productModules: readonly Type[] = [];
