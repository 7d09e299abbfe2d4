import type DmnModeler from 'dmn-js/lib/Modeler';
import { wordsOfCell, type KnownChoices } from './column-choices.js';
import { cellOfId, choicesOfCell } from './table-cells.js';

type Words = { known: () => KnownChoices; without: (words: string) => string };

/**
 * Writes under each cell what its codes are called, and again whenever the table changes. dmn-js keeps attributes that
 * it does not know, so the words stand in one, and the style sheet shows it; gives the way to stop.
 */
export function showWords(
  holder: HTMLElement,
  modeler: DmnModeler,
  words: Words,
): { again: () => void; stop: () => void } {
  let frame = 0;
  const again = () => {
    cancelAnimationFrame(frame);
    frame = requestAnimationFrame(() => writeWords(holder, modeler, words));
  };
  const observer = new MutationObserver(again);
  observer.observe(holder, { childList: true, subtree: true, characterData: true });
  again();
  return {
    again,
    stop: () => {
      cancelAnimationFrame(frame);
      observer.disconnect();
    },
  };
}

function writeWords(holder: HTMLElement, modeler: DmnModeler, { known, without }: Words): void {
  for (const shown of holder.querySelectorAll<HTMLElement>('td.input-cell, td.output-cell')) {
    const cell = cellOfId(modeler, shown.dataset['elementId'] ?? '');
    const choices = cell && choicesOfCell(cell, known());
    const { words, isNegated } = wordsOfCell(cell?.businessObject.text ?? '', choices ?? []);
    const text = words.length > 0 && isNegated ? without(words.join('、')) : words.join('、');
    if (text === '') delete shown.dataset['words'];
    else shown.dataset['words'] = text;
    shown.classList.toggle('ct-chosen', choices !== undefined);
  }
}
