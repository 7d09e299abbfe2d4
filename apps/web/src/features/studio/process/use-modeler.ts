import { useCallback, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { isEnglish } from '../../../lib/time.js';
import { useDraftStore } from '../drafts.js';
import type { CommandStack, DiagramElement, EventBus, Modeler, Selection } from './bpmn-types.js';
import { fitDiagram } from './navigation.js';

/** What it cannot keep, and what it cannot draw. */
export type Notes = { losses: string[]; undrawn: string[] };
type Options = { xml: string; onChange: (xml: string | null) => void };

/** Mounts one modeler in a holder and says what it cannot keep or draw; hands the XML over after each change, null when everything is undone. */
export function useModeler({ xml, onChange }: Options) {
  const { i18n } = useTranslation();
  const store = useDraftStore();
  const holder = useRef<HTMLDivElement>(null);
  const [modeler, setModeler] = useState<Modeler | null>(null);
  const [notes, setNotes] = useState<Notes>({ losses: [], undrawn: [] });
  const [error, setError] = useState<unknown>(null);
  const [opened] = useState({ xml, english: isEnglish(i18n.language) });
  const report = useRef(onChange);
  useEffect(() => {
    report.current = onChange;
  });
  useEffect(() => {
    let isGone = false;
    let close = () => {};
    const open = async () => {
      const { createModeler } = await import('./create-modeler.js');
      if (isGone || !holder.current) return;
      const created = await createModeler(holder.current, opened.xml, opened.english);
      if (isGone) return created.modeler.destroy();
      close = keepDraft(created.modeler, { store, report: (content) => report.current(content) });
      // While it can be seen: what is hidden has no size, and the reader may ask for the XML at once.
      fitDiagram(created.modeler);
      setNotes({ losses: created.losses, undrawn: created.undrawn });
      setModeler(created.modeler);
    };
    open().catch((cause: unknown) => !isGone && setError(cause ?? new Error('unreadable')));
    return () => {
      isGone = true;
      setModeler(null);
      close();
    };
  }, [opened, store]);
  return { holder, modeler, notes, error };
}

type Keeping = { store: ReturnType<typeof useDraftStore>; report: (xml: string | null) => void };

/** Writes the diagram out after each command, one at a time; gives the way to end, which writes what is left. */
function keepDraft(modeler: Modeler, { store, report }: Keeping): () => void {
  const commandStack = modeler.get<CommandStack>('commandStack');
  let isStale = false;
  let isClosed = false;
  let running: Promise<void> = Promise.resolve();
  const write = async () => {
    if (!isStale) return;
    isStale = false;
    if (!commandStack.canUndo()) return report(null);
    const { xml } = await modeler.saveXML({ format: true });
    if (xml) report(withPlainQuotes(xml));
  };
  const flush = () => (running = running.then(write, write));
  const forget = store.beforeFlush(flush);
  modeler.get<EventBus>('eventBus').on('commandStack.changed', () => {
    if (isClosed) return;
    isStale = true;
    setTimeout(() => void flush(), 0);
  });
  return () => {
    forget();
    void flush().finally(() => {
      isClosed = true;
      modeler.destroy();
    });
  };
}

/** Quotes as the files in the folder write them, so that a commit shows only what was changed. */
function withPlainQuotes(xml: string): string {
  return xml.replaceAll('&#34;', '&quot;');
}

/** What is selected, read anew after each change of selection or diagram. */
export function useSelection(modeler: Modeler | null): { selected: DiagramElement[]; revision: number } {
  const [state, setState] = useState<{ selected: DiagramElement[]; revision: number }>({ selected: [], revision: 0 });
  const read = useCallback(() => {
    if (!modeler) return;
    const selected = modeler.get<Selection>('selection').get();
    setState(({ revision }) => ({ selected: [...selected], revision: revision + 1 }));
  }, [modeler]);
  useEffect(() => {
    if (!modeler) return;
    const bus = modeler.get<EventBus>('eventBus');
    const events = ['selection.changed', 'commandStack.changed', 'elementTemplates.changed'];
    bus.on(events, read);
    return () => bus.off(events, read);
  }, [modeler, read]);
  return state;
}
