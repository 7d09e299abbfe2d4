import { Button } from 'antd';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Diagram } from '../../lib/api-types.js';
import { ErrorState, ListSkeleton } from '../states.js';
import type { Drawn, Viewer } from './planes.js';
import { markStanding, showStanding, type Canvas } from './standing.js';
import { translateModule } from './translate.js';

type EventBus = { on: (event: string, priority: number, listener: (event: { element: Drawn }) => void) => void };
/** The viewer with the plane that holds all others. */
type Shown = { viewer: Viewer; canvas: Canvas; main: Drawn };

/** The process diagram with where it stands; the viewer is heavy and comes only when it is shown. */
export function DiagramView({ diagram, label }: { diagram: Diagram; label: string }) {
  const { t } = useTranslation();
  const holder = useRef<HTMLDivElement>(null);
  const [shown, setShown] = useState<Shown | null>(null);
  const [isFailed, setIsFailed] = useState(false);
  useEffect(() => {
    let isGone = false;
    let destroy = () => {};
    const show = async () => {
      const [{ default: Viewer }] = await Promise.all([
        import('bpmn-js/lib/NavigatedViewer'),
        import('bpmn-js/dist/assets/diagram-js.css'),
        import('bpmn-js/dist/assets/bpmn-js.css'),
      ]);
      if (isGone || !holder.current) return;
      const words = translateModule({ 'Open {element}': t('diagram.open') });
      const viewer = new Viewer({ container: holder.current, additionalModules: [words] });
      destroy = () => viewer.destroy();
      await viewer.importXML(diagram.xml);
      if (isGone) return;
      markStanding(viewer, diagram, { here: t('diagram.here'), incident: t('diagram.incident') });
      const canvas = viewer.get<Canvas>('canvas');
      const main = canvas.getRootElement();
      followPlanes(viewer, { main, holder: holder.current });
      showStanding(viewer, diagram, main);
      setShown({ viewer, canvas, main });
    };
    show().catch(() => !isGone && setIsFailed(true));
    return () => {
      isGone = true;
      setShown(null);
      destroy();
    };
  }, [diagram, t]);
  if (isFailed) return <ErrorState error={null} />;
  return (
    <div>
      {!shown && <ListSkeleton rows={4} />}
      <div ref={holder} className="ct-diagram" role="group" aria-label={label} />
      <div className="ct-row" style={{ marginTop: 8 }}>
        <div className="ct-choices">
          <Button onClick={() => shown && showWhole(shown)}>{t('diagram.whole')}</Button>
          <Button onClick={() => shown && showStanding(shown.viewer, diagram, shown.main)}>{t('diagram.now')}</Button>
          <Button aria-label={t('diagram.larger')} onClick={() => zoomBy(shown, 1.25)}>
            +
          </Button>
          <Button aria-label={t('diagram.smaller')} onClick={() => zoomBy(shown, 0.8)}>
            −
          </Button>
        </div>
        <span className="ct-soft">{t('diagram.hint')}</span>
      </div>
    </div>
  );
}

const afterItsOwnPlacing = 500;

/** A sub-process is opened as a whole, its button leads on to the way back; who comes back finds the diagram as it was. */
function followPlanes(viewer: Viewer, { main, holder }: { main: Drawn; holder: HTMLElement }): void {
  viewer.get<EventBus>('eventBus').on('root.set', afterItsOwnPlacing, ({ element }) => {
    if (element === main) return;
    viewer.get<Canvas>('canvas').zoom('fit-viewport', 'auto');
    if (holder.contains(document.activeElement)) holder.querySelector<HTMLElement>('.bjs-breadcrumbs a')?.focus();
  });
}

function showWhole({ canvas, main }: Shown): void {
  canvas.setRootElement(main);
  canvas.zoom('fit-viewport', 'auto');
}

function zoomBy(shown: Shown | null, factor: number): void {
  shown?.canvas.zoom(shown.canvas.zoom() * factor, 'auto');
}
