import 'dmn-js/dist/assets/diagram-js.css';
import 'dmn-js/dist/assets/dmn-js-shared.css';
import 'dmn-js/dist/assets/dmn-js-drd.css';
import 'dmn-js/dist/assets/dmn-js-decision-table.css';
import 'dmn-js/dist/assets/dmn-js-decision-table-controls.css';
import 'dmn-js/dist/assets/dmn-js-literal-expression.css';
import 'dmn-js/dist/assets/dmn-js-boxed-expression.css';
import 'dmn-js/dist/assets/dmn-js-boxed-expression-controls.css';
import 'dmn-js/dist/assets/dmn-font/css/dmn.css';
import DmnModeler from 'dmn-js/lib/Modeler';
import { dmnWords } from '../words/dmn-words.js';
import { translateModule } from '../../../ui/diagram/translate.js';
import { showAnnotations, type Definitions } from './annotations.js';
import { choosingModule, type Choosing } from './choosing.js';

/** A dmn-js modeler in the reader's language with every view it knows; the first table is opened by the caller. */
export async function createDecisionModeler(
  container: HTMLElement,
  xml: string,
  { isEnglish, choosing }: { isEnglish: boolean; choosing: Choosing },
): Promise<DmnModeler> {
  const words = translateModule(dmnWords(isEnglish));
  const view = { additionalModules: [words] };
  const modeler = new DmnModeler({
    container,
    drd: view,
    decisionTable: { additionalModules: [words, choosingModule(choosing)] },
    literalExpression: view,
    boxedExpression: view,
  });
  try {
    await modeler.importXML(xml, { open: false });
    showAnnotations(modeler, modeler.getDefinitions() as Definitions);
  } catch (cause) {
    modeler.destroy();
    throw cause;
  }
  return modeler;
}
