import { timingSafeEqual } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import type { MasterKey } from '#vault';
import { notFound } from '../../problems/refusal.js';
import { MASTER_KEY } from '../../tokens.js';

/** Links that open one document for a while without an account. They are stored nowhere: the installation signs them. */
@Injectable()
export class DocumentLinks {
  constructor(@Inject(MASTER_KEY) private readonly masterKey: MasterKey) {}

  /** `expiresAt`: real time, epoch ms. */
  tokenOf(documentId: string, expiresAt: number): string {
    const payload = Buffer.from(JSON.stringify([documentId, expiresAt])).toString('base64url');
    return `${payload}.${this.signature(payload)}`;
  }

  /** The id of the document. @throws Refusal `notFound` where the link was changed or has run out. */
  open(token: string, now: number = Date.now()): string {
    const [payload = '', signature = ''] = token.split('.');
    const expected = Buffer.from(this.signature(payload));
    const given = Buffer.from(signature);
    if (expected.length !== given.length || !timingSafeEqual(expected, given))
      throw notFound('the document of this link');
    const [id, expiresAt] = JSON.parse(Buffer.from(payload, 'base64url').toString('utf8')) as [string, number];
    if (expiresAt <= now) throw notFound('the document of this link');
    return id;
  }

  private signature(payload: string): string {
    return Buffer.from(this.masterKey.indexHash('documentLink', payload), 'base64').toString('base64url');
  }
}
