import { Injectable } from '@nestjs/common';
import { compileTemplate, renderDocument } from '#documents';
import { openValues } from '../cases/open-values.js';
import { ConfigurationHolder } from '../configuration/configuration-holder.js';
import { documentTerms } from '../documents/document-terms.js';

/** The sentences that somebody without an account reads. */
@Injectable()
export class PublicTexts {
  constructor(private readonly configuration: ConfigurationHolder) {}

  /** Sentences are templates over open variables; a handle prints as nothing. */
  filled(template: string, variables: Readonly<Record<string, unknown>>): string {
    const compiled = compileTemplate(template, { id: 'sentence' });
    if (!compiled.ok) return '';
    const terms = documentTerms(this.configuration.current);
    return unescape(renderDocument(compiled.template, openValues(variables), terms).html);
  }
}

/** The page shows text, not HTML. */
function unescape(html: string): string {
  return html
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&#x27;', "'")
    .replaceAll('&#x3D;', '=')
    .replaceAll('&#x60;', '`')
    .replaceAll('&amp;', '&');
}
