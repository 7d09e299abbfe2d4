import { useQueryClient } from '@tanstack/react-query';
import { App } from 'antd';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useProblemTexts } from '../../../ui/states.js';

/**
 * Runs one action on a task and shows anew what it changed; what was typed stays where it fails. `leave`: the task may not
 * be for this person afterwards.
 */
export function useAction(taskKey: string, instanceKey: string, leave?: (note: string) => void) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const client = useQueryClient();
  const problemText = useProblemTexts();
  const [isBusy, setBusy] = useState(false);
  const key = useRef(crypto.randomUUID());
  const run = async (act: (idempotencyKey: string) => Promise<void>, done: string): Promise<boolean> => {
    setBusy(true);
    try {
      await act(key.current);
      const note = t('action.done', { what: done });
      if (leave) {
        leave(note);
        return true;
      }
      void message.success(note);
      void client.invalidateQueries({ queryKey: ['task', taskKey] });
      return true;
    } catch (error) {
      void message.error(problemText(error));
      void client.invalidateQueries({ queryKey: ['task', taskKey] });
      return false;
    } finally {
      key.current = crypto.randomUUID();
      setBusy(false);
      void client.invalidateQueries({ queryKey: ['tasks'] });
      void client.invalidateQueries({ queryKey: ['instance', instanceKey] });
    }
  };
  return { isBusy, run };
}
