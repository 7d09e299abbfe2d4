import { Inject, Injectable } from '@nestjs/common';
import type { Problem } from '#bpmn';
import { fieldTitles } from '#configuration';
import { a4Page, compileTemplate, dateCN, DocumentTooLarge, renderDocument, sampleValues } from '#documents';
import type { CompiledTemplate } from '#documents';
import type { Runtime } from '#runtime';
import { NamesService } from '../cases/names.service.js';
import { ConfigurationHolder } from '../configuration/configuration-holder.js';
import { parameterValues } from '../configuration/parameter-values.js';
import { documentTerms } from '../documents/document-terms.js';
import type { Settings } from '../settings/settings.js';
import { RUNTIME, SETTINGS } from '../tokens.js';

export interface TemplateToShow {
  /** Path of the template; its folder tells the process whose forms name the values. */
  readonly path: string;
  readonly source: string;
  readonly title: string;
  /** False: the paper as it is where nobody filled in anything. */
  readonly isFilled: boolean;
}

export interface DocumentPreview {
  /** The whole page; null where the template has faults. */
  readonly html: string | null;
  /** What keeps the template from printing, each with its line and what to do. */
  readonly problems: readonly Problem[];
}

/** Shows a template as a page over made-up values, under the checks and limits of real documents; nothing is stored. */
@Injectable()
export class DocumentPreviewService {
  constructor(
    private readonly configuration: ConfigurationHolder,
    private readonly names: NamesService,
    @Inject(RUNTIME) private readonly runtime: Runtime,
    @Inject(SETTINGS) private readonly settings: Settings,
  ) {}

  async preview(shown: TemplateToShow): Promise<DocumentPreview> {
    const compiled = compileTemplate(shown.source, { id: `preview:${shown.path}` });
    if (!compiled.ok) return { html: null, problems: compiled.problems };
    try {
      return { html: await this.page(compiled.template, shown), problems: [] };
    } catch (error) {
      return { html: null, problems: [error instanceof DocumentTooLarge ? limitPassed(error) : notPrinted(error)] };
    }
  }

  private async page(template: CompiledTemplate, { path, title, isFilled }: TemplateToShow): Promise<string> {
    const now = this.runtime.now();
    const { current } = this.configuration;
    const { organization, dictionaries } = current;
    const terms = documentTerms(current, await this.names.accountsById());
    const titles = this.titlesFor(path);
    const samples = sampleValues(template, {
      titleOf: (name) => titles.get(name),
      valueOf: (dictionary) => dictionaries[dictionary]?.[0]?.value.toString(),
      unit: (organization.units.find(({ parent }) => parent !== undefined) ?? organization.units[0])?.id,
      now,
      isFilled,
    });
    const context = {
      ...samples,
      case: { no: '〔编号〕', createdAt: now, startedBy: '〔登记人〕' },
      document: { no: '〔文书编号〕', date: now },
      organization: { name: organization.name },
      parameters: parameterValues(current),
      portalUrl: `${this.settings.baseUrl}/`,
    };
    const { html } = renderDocument(template, context, terms);
    const printedAt = dateCN(now, terms.timeZone);
    return a4Page({ title, body: html, number: '〔编号〕', printedAt, organization: organization.name });
  }

  /** Of the forms of the process in whose folder the template stands, then of all others. */
  private titlesFor(path: string): ReadonlyMap<string, string> {
    const { processes, forms } = this.configuration.current;
    const own = processes.find(({ id }) => path.startsWith(`workflows/${id}/`))?.formIds ?? [];
    return fieldTitles([...own.flatMap((id) => forms.get(id) ?? []), ...forms.values()]);
  }
}

function limitPassed({ message, messageZh, line }: DocumentTooLarge): Problem {
  return { severity: 'error', code: 'document.tooLarge', message, messageZh, ...(line !== undefined && { line }) };
}

/** What a template reads in two ways at once, no made-up value fits. */
function notPrinted(error: unknown): Problem {
  const why = error instanceof Error ? error.message : String(error);
  return {
    severity: 'warning',
    code: 'document.noSample',
    message: `No sample values could be made for it: ${why}`,
    messageZh: `示例内容套不进这个模板，不影响发布；请在办理中查看。（${why}）`,
  };
}
