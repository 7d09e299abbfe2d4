import '@fastify/multipart';
import type { FastifyRequest } from 'fastify';
import { readMultipart } from '../../http/read-multipart.js';
import { Refusal } from '../../problems/refusal.js';

export interface FilePart {
  readonly fileName: string;
  readonly contentType: string;
  readonly bytes: Buffer;
}

export interface DocumentParts {
  readonly files: readonly FilePart[];
  /** Texts of the metadata parts, in the order of the files. */
  readonly metadata: readonly string[];
}

/** Largest document, in bytes. */
const mostBytes = 10 * 1024 * 1024;
/** Largest request, in bytes: all of it is in memory until the last document is stored. */
const mostBytesTogether = 100 * 1024 * 1024;
const mostFiles = 50;
const metadataFields = new Set(['metadata', 'metadataList']);
const fileFields = new Set(['file', 'files']);

/**
 * Files and metadata of a multipart body. Clients send the metadata as text or as a part of the type `application/json`,
 * and a document as a file or as text.
 *
 * @throws Refusal where the body is no multipart, has no file, or one that is too large.
 */
export async function documentPartsOf(request: FastifyRequest): Promise<DocumentParts> {
  if (!request.isMultipart())
    throw new Refusal('unsupportedMediaType', 'Expected multipart/form-data with the document in file or files.');
  return readMultipart(() => readParts(request));
}

async function readParts(request: FastifyRequest): Promise<DocumentParts> {
  const files: FilePart[] = [];
  const metadata: string[] = [];
  let left = mostBytesTogether;
  const take = (bytes: number): void => {
    left -= bytes;
    if (left < 0) throw new Refusal('payloadTooLarge', `Expected at most ${mostBytesTogether} bytes in one request.`);
  };
  for await (const part of request.parts({
    limits: { fileSize: mostBytes, fieldSize: mostBytes, files: 2 * mostFiles },
  })) {
    const isMetadata = metadataFields.has(part.fieldname);
    if (part.type === 'field') {
      take(Buffer.byteLength(String(part.value)));
      if (isMetadata) metadata.push(String(part.value));
      else if (fileFields.has(part.fieldname)) files.push(textFile(part.value, part.valueTruncated));
      else throw unknownPart(part.fieldname);
      continue;
    }
    if (!isMetadata && !fileFields.has(part.fieldname)) throw unknownPart(part.fieldname);
    const bytes = await part.toBuffer();
    take(bytes.length);
    if (isMetadata) metadata.push(bytes.toString('utf8'));
    else files.push({ fileName: safeName(part.filename), contentType: part.mimetype, bytes });
  }
  if (files.length === 0 || files.length > mostFiles)
    throw new Refusal('invalidArgument', `Expected 1 to ${mostFiles} files but found ${files.length}.`);
  return { files, metadata };
}

const unknownPart = (name: string): Refusal =>
  new Refusal(
    'invalidArgument',
    `Expected parts ${[...fileFields, ...metadataFields].join(', ')} but found ${JSON.stringify(name)}.`,
  );

/** A document that a client sends as the text of a field, without a name. */
function textFile(value: unknown, isTruncated: boolean): FilePart {
  if (isTruncated) throw new Refusal('payloadTooLarge', `Expected a document of at most ${mostBytes} bytes.`);
  return { fileName: '', contentType: 'text/plain', bytes: Buffer.from(String(value), 'utf8') };
}

/** The last part of a path, without control characters, at most 200 characters. */
function safeName(name: string): string {
  const last = name.split(/[/\\]/).at(-1) ?? '';
  return [...last.normalize('NFC')]
    .filter((character) => !/\p{C}/u.test(character))
    .join('')
    .slice(0, 200);
}
