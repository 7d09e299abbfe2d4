import type DmnModeler from 'dmn-js/lib/Modeler';
import type { TableCell } from './table-cells.js';

type OpenEvent = { element: TableCell };
type EventBus = {
  on: (event: string, priority: number, listener: (event: OpenEvent) => boolean | undefined) => void;
};
type SimpleMode = { registerProvider: (provider: (element: TableCell) => boolean) => void };
export type Choosing = {
  isBound: (cell: TableCell) => boolean;
  open: (cell: TableCell) => void;
};

/** Before dmn-js opens its own box, which knows nothing of dictionaries. */
const EARLY = 2000;

/** Lets the pencil of dmn-js beside a cell open the choice from a dictionary instead, where its column has one. */
export function choosingModule(choosing: Choosing) {
  function DictionaryChoice(eventBus: EventBus, simpleMode: SimpleMode) {
    simpleMode.registerProvider((element) => choosing.isBound(element));
    eventBus.on('simpleMode.open', EARLY, ({ element }) => {
      if (!choosing.isBound(element)) return undefined;
      choosing.open(element);
      return false;
    });
  }
  DictionaryChoice.$inject = ['eventBus', 'simpleMode'];
  return { __init__: ['dictionaryChoice'], dictionaryChoice: ['type', DictionaryChoice] };
}

export function writeCell(modeler: DmnModeler, cell: TableCell, text: string): void {
  type Modeling = { editCell: (entry: TableCell['businessObject'], text: string) => void };
  modeler.getActiveViewer()?.get<Modeling>('modeling').editCell(cell.businessObject, text);
}
