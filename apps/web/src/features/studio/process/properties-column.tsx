import { useEffect, useRef } from 'react';
import type { StudioReference } from '../api.js';
import type { DiagramElement, Modeler, PropertiesPanel } from './bpmn-types.js';
import { TaskSettings } from './task-settings.js';

type Props = { modeler: Modeler; selected: DiagramElement[]; reference: StudioReference | undefined };

/** The plain questions first, everything else below in the stock panel. */
export function PropertiesColumn({ modeler, selected, reference }: Props) {
  const holder = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const panel = modeler.get<PropertiesPanel>('propertiesPanel');
    if (holder.current) panel.attachTo(holder.current);
    return () => panel.detach();
  }, [modeler]);
  const [element] = selected;
  return (
    <>
      {element && selected.length === 1 && (
        <TaskSettings
          key={element.id}
          modeler={modeler}
          element={element.labelTarget ?? element}
          reference={reference}
        />
      )}
      <div ref={holder} className="ct-stock-panel" />
    </>
  );
}
