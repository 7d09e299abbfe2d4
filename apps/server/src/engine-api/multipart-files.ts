import '@fastify/multipart';
import type { FastifyRequest } from 'fastify';
import { readMultipart } from '../http/read-multipart.js';
import { theTenant } from './dto/shared.dto.js';
import { Refusal } from '../problems/refusal.js';

/** Largest resource of a deployment, in bytes. */
const mostBytes = 2 * 1024 * 1024;
const mostFiles = 200;

/**
 * The text files of a multipart body, by name.
 *
 * @throws Refusal where there is none, a name comes twice or is none, a file is too large or not UTF-8.
 */
export async function filesOf(request: FastifyRequest): Promise<ReadonlyMap<string, string>> {
  if (!request.isMultipart())
    throw new Refusal('unsupportedMediaType', 'Expected multipart/form-data with the files in resources.');
  return readMultipart(() => readFiles(request));
}

async function readFiles(request: FastifyRequest): Promise<ReadonlyMap<string, string>> {
  const files = new Map<string, string>();
  for await (const part of request.parts({ limits: { fileSize: mostBytes, files: mostFiles, fieldSize: mostBytes } })) {
    if (part.type === 'field') {
      requireTenant(part.fieldname, part.value);
      continue;
    }
    if (part.fieldname !== 'resources')
      throw new Refusal('invalidArgument', `Expected files in resources but found ${JSON.stringify(part.fieldname)}.`);
    const name = part.filename;
    if (!/^[^/\\\0]{1,200}$/.test(name))
      throw new Refusal('invalidArgument', `Expected a file name without folders but found ${JSON.stringify(name)}.`);
    if (files.has(name)) throw new Refusal('invalidArgument', `Expected each file once but ${name} comes twice.`);
    files.set(name, decode(name, await part.toBuffer()));
  }
  if (files.size === 0) throw new Refusal('invalidArgument', 'Expected at least one file in resources.');
  return files;
}

/** The only field beside the files. */
function requireTenant(name: string, value: unknown): void {
  if (name !== 'tenantId') throw new Refusal('invalidArgument', `Expected no field ${JSON.stringify(name)}.`);
  if (value !== theTenant)
    throw new Refusal(
      'invalidArgument',
      `Expected tenantId ${theTenant}, the only tenant, but found ${JSON.stringify(value).slice(0, 100)}.`,
    );
}

function decode(name: string, bytes: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new Refusal('invalidArgument', `Expected ${name} to be UTF-8 text.`);
  }
}
