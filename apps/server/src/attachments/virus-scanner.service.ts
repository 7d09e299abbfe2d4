import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import type { Logger } from 'pino';
import { Refusal } from '../problems/refusal.js';
import type { Settings } from '../settings/settings.js';
import { LOG, SETTINGS } from '../tokens.js';
import { scan, type Verdict } from './clamd.js';

const TIMEOUT_MS = 30_000;
const RETRY_SECONDS = 60;

/** Lets clamd look at each upload where the operator set `CLAMD`; while it does not answer nothing is taken. */
@Injectable()
export class VirusScanner implements OnModuleInit {
  constructor(
    @Inject(SETTINGS) private readonly settings: Settings,
    @Inject(LOG) private readonly log: Logger,
  ) {}

  onModuleInit(): void {
    if (this.settings.clamd === undefined)
      this.log.warn('uploads are not scanned for viruses: CLAMD names no scanner (docs/operators.md)');
  }

  /** @throws Refusal `invalidForm` where the bytes hold a virus, `unavailable` where the scanner cannot tell. */
  async requireClean(bytes: Buffer): Promise<void> {
    const found = await this.verdict(bytes);
    if (found === undefined) return;
    this.log.warn({ virus: found.virus }, 'an upload with a virus was refused');
    throw new Refusal('invalidForm', 'Expected a file without a virus.', {
      zh: '文件带有病毒，没有收下。请换一份，或者拍成照片再传。',
    });
  }

  private async verdict(bytes: Buffer): Promise<Verdict> {
    const { clamd } = this.settings;
    if (clamd === undefined) return undefined;
    try {
      return await scan(clamd, bytes, TIMEOUT_MS);
    } catch (error) {
      this.log.error({ err: error }, 'an upload was refused: the virus scanner did not answer');
      throw new Refusal('unavailable', 'Expected the virus scanner to answer; nothing was stored.', {
        zh: '暂时不能检查病毒，文件没有收下，请稍后再试。',
        retryAfterSeconds: RETRY_SECONDS,
      });
    }
  }
}
