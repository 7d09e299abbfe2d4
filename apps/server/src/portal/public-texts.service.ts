import { Injectable } from '@nestjs/common';
import { compileTemplate, renderDocument } from '#documents';
import { NamesService } from '../cases/names.service.js';
import { openValues } from '../cases/open-values.js';
import { ConfigurationHolder } from '../configuration/configuration-holder.js';

const TIME_ZONE = 'Asia/Shanghai';

/** The sentences that somebody without an account reads. */
@Injectable()
export class PublicTexts {
  constructor(
    private readonly configuration: ConfigurationHolder,
    private readonly names: NamesService,
  ) {}

  /** Sentences are templates over open variables; a handle prints as nothing. */
  filled(template: string, variables: Readonly<Record<string, unknown>>): string {
    const compiled = compileTemplate(template, { id: 'sentence' });
    if (!compiled.ok) return '';
    const { dictionaries } = this.configuration.current;
    const services = {
      timeZone: TIME_ZONE,
      dictionaryLabel: (dictionary: string, value: string) =>
        dictionaries[dictionary]?.find((entry) => entry.value === value)?.label,
      unitName: (id: string) => this.names.unit(id)?.name,
    };
    return unescape(renderDocument(compiled.template, openValues(variables), services).html);
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
