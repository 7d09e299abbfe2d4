import { Injectable } from '@nestjs/common';
import { wordFile, WordTooLarge } from '#documents';
import type { SignedIn } from '../access/signed-in.js';
import { ConfigurationHolder } from '../configuration/configuration-holder.js';
import { Refusal, notFound } from '../problems/refusal.js';
import { DocumentsService } from './documents.service.js';

export interface WordDocument {
  readonly fileName: string;
  readonly content: Uint8Array;
}

/** Documents that an office edits, as Word files: the page that the same person may open, opened and recorded the same way. */
@Injectable()
export class WordDocuments {
  constructor(
    private readonly configuration: ConfigurationHolder,
    private readonly documents: DocumentsService,
  ) {}

  async open(instanceKey: string, id: string, by: { account: SignedIn; reason: string }): Promise<WordDocument> {
    const entry = this.documents.entry(id);
    if (entry.word !== true) throw notFound(`document ${id} as a Word file`);
    const html = await this.documents.open(instanceKey, id, by);
    const { title } = entry;
    const organization = this.configuration.current.organization.name;
    try {
      return { fileName: `${title}.docx`, content: await wordFile({ title, organization, html }) };
    } catch (error) {
      throw error instanceof WordTooLarge ? tooLarge(error) : error;
    }
  }
}

function tooLarge({ message }: WordTooLarge): Refusal {
  return new Refusal('payloadTooLarge', message, { zh: '这份文书太长，不能生成 Word，请打印。' });
}
