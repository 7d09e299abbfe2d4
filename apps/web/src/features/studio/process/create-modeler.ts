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
import { bpmnWords } from '../words/bpmn-words.js';
import { translateModule } from '../words/translate.js';
import type { Modeler } from './bpmn-types.js';
import { insertStepModule } from './insert-step.js';
import { studioEntriesModule } from './pad-and-palette.js';

/** A bpmn-js modeler that speaks zeebe and the reader's language; rejects when the XML cannot be shown. */
export async function createModeler(container: HTMLElement, xml: string, isEnglish: boolean): Promise<Modeler> {
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
      studioEntriesModule,
    ],
    moddleExtensions: { zeebe },
  });
  try {
    await modeler.importXML(xml);
  } catch (cause) {
    modeler.destroy();
    throw cause;
  }
  return modeler as unknown as Modeler;
}
