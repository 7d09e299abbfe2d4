import type DmnModeler from 'dmn-js/lib/Modeler';
import { useEffect, useRef, useState, type RefObject } from 'react';
import { useTranslation } from 'react-i18next';
import { showWords } from './cell-words.js';
import type { Choosing } from './choosing.js';
import { choicesOfCell, type TableCell } from './table-cells.js';
import { useKnownChoices } from './use-known-choices.js';

/** Which cell is being chosen for, and what the cells of the table choose from. */
export function useChoosing() {
  const known = useKnownChoices();
  const [cell, setCell] = useState<TableCell | null>(null);
  const choosing: Choosing = { isBound: (one) => choicesOfCell(one, known) !== undefined, open: setCell };
  return { known, choosing, cell, close: () => setCell(null) };
}

type Shown = { holder: RefObject<HTMLElement | null>; modeler: DmnModeler | null };

/** Words under the codes of the table, as long as it is shown. */
export function useWordsInCells({ holder, modeler }: Shown, known: ReturnType<typeof useKnownChoices>): void {
  const { t } = useTranslation();
  const latest = useRef(known);
  const again = useRef(() => {});
  useEffect(() => {
    latest.current = known;
    again.current();
  }, [known]);
  useEffect(() => {
    if (!holder.current || !modeler) return undefined;
    const words = showWords(holder.current, modeler, {
      known: () => latest.current,
      without: (excluded) => t('studio.decision.without', { words: excluded }),
    });
    again.current = words.again;
    return words.stop;
  }, [holder, modeler, t]);
}
