import { plainJpeg } from './jpeg.js';
import { plainPdf } from './pdf.js';
import { plainPng } from './png.js';

const makers: Readonly<Record<string, (bytes: Buffer) => Buffer | undefined>> = {
  'image/jpeg': plainJpeg,
  'image/png': plainPng,
  'application/pdf': plainPdf,
};

/**
 * The file without what it tells of place, time, device and author; what it shows stays as it is. Undefined where it is
 * damaged so that nobody can tell what it holds.
 */
export const plainFile = (type: string, bytes: Buffer): Buffer | undefined => makers[type]?.(bytes);
