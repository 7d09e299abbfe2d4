import { Button } from 'antd';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Diagram } from '../lib/api-types.js';
import { ErrorState, ListSkeleton } from './states.js';

type Canvas = {
  zoom: (level?: string | number, center?: 'auto') => number;
  addMarker: (id: string, marker: string) => void;
  scrollToElement: (id: string) => void;
};
type Overlays = { add: (id: string, overlay: object) => void };
type Registry = { get: (id: string) => unknown };

/** The process diagram with where it stands; the viewer is heavy and comes only when it is shown. */
export function DiagramView({ diagram, label }: { diagram: Diagram; label: string }) {
  const { t } = useTranslation();
  const holder = useRef<HTMLDivElement>(null);
  const canvas = useRef<Canvas | null>(null);
  const [state, setState] = useState<'loading' | 'ready' | 'failed'>('loading');
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
      const viewer = new Viewer({ container: holder.current });
      destroy = () => viewer.destroy();
      await viewer.importXML(diagram.xml);
      if (isGone) return;
      markStanding(viewer, diagram, { here: t('diagram.here'), incident: t('diagram.incident') });
      canvas.current = viewer.get<Canvas>('canvas');
      showStanding(canvas.current, diagram);
      setState('ready');
    };
    show().catch(() => !isGone && setState('failed'));
    return () => {
      isGone = true;
      destroy();
    };
  }, [diagram, t]);
  if (state === 'failed') return <ErrorState error={null} />;
  return (
    <div>
      {state === 'loading' && <ListSkeleton rows={4} />}
      <div ref={holder} className="ct-diagram" role="img" aria-label={label} />
      <div className="ct-row" style={{ marginTop: 8 }}>
        <div className="ct-choices">
          <Button onClick={() => canvas.current?.zoom('fit-viewport')}>{t('diagram.whole')}</Button>
          <Button onClick={() => canvas.current && showStanding(canvas.current, diagram)}>{t('diagram.now')}</Button>
          <Button aria-label={t('diagram.larger')} onClick={() => zoomBy(canvas.current, 1.25)}>
            +
          </Button>
          <Button aria-label={t('diagram.smaller')} onClick={() => zoomBy(canvas.current, 0.8)}>
            −
          </Button>
        </div>
        <span className="ct-soft">{t('diagram.hint')}</span>
      </div>
    </div>
  );
}

/** Below this zoom nobody can read the names of the steps. */
const READABLE_ZOOM = 0.7;

/** The whole diagram where it is readable so, else the part around where the case stands. */
function showStanding(canvas: Canvas, { active }: Diagram): void {
  const whole = canvas.zoom('fit-viewport');
  const here = active[0];
  if (whole >= READABLE_ZOOM || here === undefined) return;
  canvas.zoom(READABLE_ZOOM);
  canvas.scrollToElement(here);
}

function zoomBy(canvas: Canvas | null, factor: number): void {
  canvas?.zoom(canvas.zoom() * factor, 'auto');
}

type Viewer = { get: <T>(name: string) => T };

function markStanding(viewer: Viewer, diagram: Diagram, words: { here: string; incident: string }) {
  const canvas = viewer.get<Canvas>('canvas');
  const overlays = viewer.get<Overlays>('overlays');
  const known = (id: string) => viewer.get<Registry>('elementRegistry').get(id) !== undefined;
  const token = (id: string, className: string, text: string) =>
    overlays.add(id, { position: { top: -14, left: 8 }, html: `<div class="ct-token ${className}">${text}</div>` });
  for (const id of diagram.completed.filter(known)) canvas.addMarker(id, 'ct-completed');
  for (const id of diagram.active.filter(known)) {
    canvas.addMarker(id, 'ct-active');
    if (!diagram.incidents.includes(id)) token(id, '', words.here);
  }
  for (const id of diagram.incidents.filter(known)) {
    canvas.addMarker(id, 'ct-incident');
    token(id, 'ct-token-incident', words.incident);
  }
}
