import type DmnModeler from 'dmn-js/lib/Modeler';
import { useCallback, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { isEnglish } from '../../../lib/time.js';
import { useDraftStore } from '../drafts.js';
import type { Choosing } from './choosing.js';

export type DecisionView = ReturnType<DmnModeler['getViews']>[number];
type CommandStack = { canUndo: () => boolean; canRedo: () => boolean; undo: () => void; redo: () => void };
type Viewer = NonNullable<ReturnType<DmnModeler['getActiveViewer']>>;
type Options = { xml: string; onChange: (xml: string | null) => void; choosing: Choosing };

/** Mounts one decision modeler; hands the XML over after each change. */
export function useDecisionModeler({ xml, onChange, choosing }: Options) {
  const { i18n } = useTranslation();
  const store = useDraftStore();
  const holder = useRef<HTMLDivElement>(null);
  const [modeler, setModeler] = useState<DmnModeler | null>(null);
  const [error, setError] = useState<unknown>(null);
  const [views, setViews] = useState<{ all: DecisionView[]; active: DecisionView | undefined }>({
    all: [],
    active: undefined,
  });
  const [, setRevision] = useState(0);
  const [opened] = useState({ xml, english: isEnglish(i18n.language) });
  const report = useRef(onChange);
  const choice = useRef(choosing);
  useEffect(() => {
    report.current = onChange;
    choice.current = choosing;
  });
  useEffect(() => {
    let isGone = false;
    let close = () => {};
    const open = async () => {
      const { createDecisionModeler } = await import('./create-decision-modeler.js');
      if (isGone || !holder.current) return;
      const created = await createDecisionModeler(holder.current, opened.xml, {
        isEnglish: opened.english,
        choosing: { isBound: (cell) => choice.current.isBound(cell), open: (cell) => choice.current.open(cell) },
      });
      if (isGone) return created.destroy();
      close = keepDraft(created, {
        store,
        report: (content) => report.current(content),
        changed: () => setRevision((revision) => revision + 1),
      });
      created.on('views.changed', ({ views: all, activeView }) => setViews({ all, active: activeView }));
      const first = created.getViews().find(({ type }) => type !== 'drd') ?? created.getViews()[0];
      if (first) await created.open(first);
      setViews({ all: created.getViews(), active: created.getActiveView() });
      setModeler(created);
    };
    open().catch((cause: unknown) => !isGone && setError(cause ?? new Error('unreadable')));
    return () => {
      isGone = true;
      setModeler(null);
      close();
    };
  }, [opened, store]);
  const show = useCallback(
    async (id: string) => {
      const view = modeler?.getViews().find((one) => one.id === id);
      if (view) await modeler?.open(view);
    },
    [modeler],
  );
  return { holder, modeler, error, views, show };
}

type Keeping = {
  store: ReturnType<typeof useDraftStore>;
  report: (xml: string | null) => void;
  changed: () => void;
};

/** As for diagrams: written after each command of any view, one at a time, and once more at the end. */
function keepDraft(modeler: DmnModeler, { store, report, changed }: Keeping): () => void {
  let isStale = false;
  let isClosed = false;
  let running: Promise<void> = Promise.resolve();
  const write = async () => {
    if (!isStale) return;
    isStale = false;
    const { xml } = await modeler.saveXML({ format: true });
    report(xml);
  };
  const flush = () => (running = running.then(write, write));
  const forget = store.beforeFlush(flush);
  const watched = new Set<unknown>();
  const watch = (viewer: Viewer | undefined) => {
    if (!viewer || watched.has(viewer)) return;
    watched.add(viewer);
    viewer.on('commandStack.changed', () => {
      changed();
      const stack = viewer.get<CommandStack>('commandStack');
      if (isClosed || (!stack.canUndo() && !stack.canRedo())) return;
      isStale = true;
      setTimeout(() => void flush(), 0);
    });
  };
  modeler.on('viewer.created', (event) => watch((event as unknown as { viewer: Viewer }).viewer));
  watch(modeler.getActiveViewer());
  return () => {
    forget();
    void flush().finally(() => {
      isClosed = true;
      modeler.destroy();
    });
  };
}

export function commandStackOf(modeler: DmnModeler): CommandStack | undefined {
  return modeler.getActiveViewer()?.get<CommandStack>('commandStack');
}
