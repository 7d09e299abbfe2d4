import { validateAllZeebe } from '@bpmn-io/element-templates-validator/dist/index.js';
import type { ElementTemplate } from '../settings.js';
import { jobTypeFinding } from './job-links.js';
import { type LinkContext, missingSentence, reportPlace } from './link-context.js';

const path = 'workflows/element-templates.json';

/** Checks the studio's ready-made steps: their public schema, one of each id and version, and the names they give. */
export function linkTemplates(context: LinkContext): void {
  const templates = context.set.elementTemplates;
  const { results } = validateAllZeebe(templates);
  results.forEach(({ errors }, index) => {
    for (const { instancePath, message } of (errors ?? []).filter(isOfTemplate)) {
      reportPlace(context, path, `/${index}${instancePath}`, {
        code: 'elementTemplate.schema',
        text: [`Expected a valid element template: ${message}.`, `步骤模板不符合规范：${message}。`],
      });
    }
  });
  refuseDoubles(context, templates);
  for (const [index, template] of templates.entries()) {
    const isReadable = !results[index]?.errors?.some(isOfTemplate);
    if (isReadable) linkNames(context, template, `/${index}`);
  }
}

/** The schema takes one template or a list of them; that this is no list is no fault. */
function isOfTemplate({ instancePath, keyword }: { readonly instancePath: string; readonly keyword: string }): boolean {
  return instancePath !== '' || (keyword !== 'type' && keyword !== 'oneOf');
}

function refuseDoubles(context: LinkContext, templates: readonly ElementTemplate[]): void {
  const seen = new Set<string>();
  templates.forEach(({ id, version }, index) => {
    const name = version === undefined ? id : `${id} (${version})`;
    if (seen.has(name)) {
      reportPlace(context, path, `/${index}/id`, {
        code: 'elementTemplate.doubled',
        text: [
          `Expected the template "${name}" once but found it twice. Raise its version or rename it.`,
          `步骤模板“${name}”重复出现，请提高版本号或改名。`,
        ],
      });
    }
    seen.add(name);
  });
}

/** Names that a template fixes have to exist, and its job type has to have a worker. */
function linkNames(context: LinkContext, { properties }: ElementTemplate, place: string): void {
  const { forms, decisions, processes } = context.set;
  const known: Readonly<Record<string, Names>> = {
    'zeebe:formDefinition formId': { what: ['the form', '表单'], ids: [...forms.keys()] },
    'zeebe:calledDecision decisionId': { what: ['the decision', '决策'], ids: decisions.map(({ id }) => id) },
    'zeebe:calledElement processId': { what: ['the process', '流程'], ids: processes.map(({ id }) => id) },
  };
  properties.forEach(({ value, binding }, index) => {
    if (typeof value !== 'string' || value === '' || value.startsWith('=')) return;
    const at = `${place}/properties/${index}/value`;
    const names = known[`${binding.type} ${binding.property}`];
    if (names && !names.ids.includes(value)) {
      const text = missingSentence({ what: names.what, id: value, known: names.ids });
      reportPlace(context, path, at, { code: 'link.unknownReference', text });
    }
    const isJobType = binding.type === 'zeebe:taskDefinition' && binding.property === 'type';
    const finding = isJobType ? jobTypeFinding(context, value) : undefined;
    if (finding) reportPlace(context, path, at, finding);
  });
}

interface Names {
  readonly what: readonly [english: string, chinese: string];
  readonly ids: readonly string[];
}
