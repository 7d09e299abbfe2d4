import { compileTemplate } from './compile-template.js';
import type { CompiledTemplate } from './compile-template.js';
import type { RenderServices } from './render-document.js';

/** Compiles a template that must be good. */
export function good(source: string): CompiledTemplate {
  const result = compileTemplate(source, { id: 'T' });
  if (!result.ok) throw new Error(JSON.stringify(result.problems));
  return result.template;
}

/** Problems of a template as `code line`. */
export function faults(source: unknown): string[] {
  const result = compileTemplate(source, { id: 'T' });
  return result.ok ? [] : result.problems.map(({ code, line }) => `${code} ${line ?? '-'}`);
}

export const services: RenderServices = {
  timeZone: 'Asia/Shanghai',
  token: (sealedKey) => `mark${sealedKey}`,
  dictionaryLabel: (dictionary, value) => (dictionary === 'channel' && value === 'letter' ? '来信' : undefined),
  unitName: (id) => (id === 'hr' ? '人力资源部' : undefined),
  accountName: (id) => (id === 'clerk' ? '登记承办岗' : undefined),
};
