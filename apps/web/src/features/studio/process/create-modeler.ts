import 'bpmn-js/dist/assets/diagram-js.css';
import 'bpmn-js/dist/assets/bpmn-js.css';
import 'bpmn-js/dist/assets/bpmn-font/css/bpmn.css';
import '@bpmn-io/properties-panel/dist/assets/properties-panel.css';
import BpmnModeler from 'bpmn-js/lib/Modeler';
import {
  BpmnPropertiesPanelModule,
  BpmnPropertiesProviderModule,
  ZeebePropertiesProviderModule,
} from 'bpmn-js-properties-panel';
import { CloudElementTemplatesPropertiesProviderModule } from 'bpmn-js-element-templates';
import cloudBehaviors from 'camunda-bpmn-js-behaviors/lib/camunda-cloud';
import zeebe from 'zeebe-bpmn-moddle/resources/zeebe.json';
import { keepWholeStandard } from '../../../../../../libs/bpmn/src/whole-standard.js';
import { bpmnWords } from '../words/bpmn-words.js';
import { translateModule } from '../../../ui/diagram/translate.js';
import type { Modeler } from './bpmn-types.js';
import { insertStepModule } from './insert-step.js';
import { keepUndrawnModule } from './keep-undrawn.js';
import { studioEntriesModule } from './pad-and-palette.js';

export type Created = {
  modeler: Modeler;
  /** What the modeler cannot read, and would leave out when it writes, in the words of the library. */
  losses: string[];
  /** What it cannot draw, and keeps as it is. */
  undrawn: string[];
};

/** A bpmn-js modeler that speaks zeebe and the reader's language; rejects when the XML cannot be shown. */
export async function createModeler(container: HTMLElement, xml: string, isEnglish: boolean): Promise<Created> {
  const modeler = new BpmnModeler({
    container,
    additionalModules: [
      translateModule(bpmnWords(isEnglish)),
      BpmnPropertiesPanelModule,
      BpmnPropertiesProviderModule,
      ZeebePropertiesProviderModule,
      CloudElementTemplatesPropertiesProviderModule,
      cloudBehaviors,
      insertStepModule,
      keepUndrawnModule,
      studioEntriesModule,
    ],
    moddleExtensions: { zeebe },
  });
  keepWholeStandard(modeler.get('moddle'));
  try {
    const said = await warningsOf(modeler, xml);
    return { modeler: modeler as unknown as Modeler, ...said };
  } catch (cause) {
    modeler.destroy();
    throw cause;
  }
}

/** First it reads, then it draws; each has warnings of its own. */
async function warningsOf(modeler: BpmnModeler, xml: string): Promise<Pick<Created, 'losses' | 'undrawn'>> {
  let losses: string[] = [];
  modeler.on('import.parse.complete', ({ warnings }: { warnings?: unknown[] }) => {
    losses = (warnings ?? []).map(sentenceOf);
  });
  const all = (await modeler.importXML(xml)).warnings.map(sentenceOf);
  return { losses: losses.filter(isLoss), undrawn: all.slice(losses.length) };
}

/** A text is decoded before it comes here, whatever it says of its encoding. */
const isLoss = (warning: string): boolean => !warning.startsWith('unsupported document encoding');

/** The library gives its warnings as texts or as objects with one. */
function sentenceOf(warning: unknown): string {
  const { message } = typeof warning === 'object' && warning !== null ? (warning as { message?: unknown }) : {};
  return String(message ?? warning);
}
