import { Inject, Injectable } from '@nestjs/common';
import type { Problem } from '#bpmn';
import { fieldTitles } from '#configuration';
import { a4Page, compileTemplate, dateCN, DocumentTooLarge, renderDocument, sampleValues } from '#documents';
import type { CompiledTemplate } from '#documents';
import type { Runtime } from '#runtime';
import { ConfigurationHolder } from '../configuration/configuration-holder.js';
import type { Settings } from '../settings/settings.js';
import { RUNTIME, SETTINGS } from '../tokens.js';

const TIME_ZONE = 'Asia/Shanghai';

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
    @Inject(RUNTIME) private readonly runtime: Runtime,
    @Inject(SETTINGS) private readonly settings: Settings,
  ) {}

  preview(shown: TemplateToShow): DocumentPreview {
    const compiled = compileTemplate(shown.source, { id: `preview:${shown.path}` });
    if (!compiled.ok) return { html: null, problems: compiled.problems };
    try {
      return { html: this.page(compiled.template, shown), problems: [] };
    } catch (error) {
      return { html: null, problems: [error instanceof DocumentTooLarge ? limitPassed(error) : notPrinted(error)] };
    }
  }

  private page(template: CompiledTemplate, { path, title, isFilled }: TemplateToShow): string {
    const now = this.runtime.now();
    const { organization, dictionaries, parameters } = this.configuration.current;
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
      parameters: Object.fromEntries(Object.entries(parameters).map(([name, { value }]) => [name, value])),
      portalUrl: `${this.settings.baseUrl}/`,
    };
    const { html } = renderDocument(template, context, {
      timeZone: TIME_ZONE,
      dictionaryLabel: (dictionary, value) =>
        dictionaries[dictionary]?.find((entry) => String(entry.value) === value)?.label,
      unitName: (id) => organization.units.find((unit) => unit.id === id)?.name,
    });
    const printedAt = dateCN(now, TIME_ZONE);
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
