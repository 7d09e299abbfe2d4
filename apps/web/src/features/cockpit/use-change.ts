import { useQueryClient } from '@tanstack/react-query';
import { App } from 'antd';
import { useTranslation } from 'react-i18next';
import { HttpProblem } from '../../lib/http.js';
import { useProblemTexts } from '../../ui/states.js';

type Change = {
  /** Asked before, where there is no way back. */
  ask?: string;
  /** What the button that says yes is called. */
  confirm?: string;
  done: string;
  act: () => Promise<void>;
};

/** Runs a change of an operator: asks first where needed, says what came of it, and looks at the list again. */
export function useChange(queryKey: readonly string[]): (change: Change) => Promise<void> {
  const { t } = useTranslation();
  const client = useQueryClient();
  const { modal, message } = App.useApp();
  const problemText = useProblemTexts();
  return async ({ ask, confirm, done, act }) => {
    if (ask && !(await modal.confirm({ title: ask, okText: confirm, cancelText: t('common.cancel') }))) return;
    try {
      await act();
      void message.success(done);
    } catch (error) {
      const isPast = error instanceof HttpProblem && [404, 409].includes(error.status);
      void message.error(isPast ? t('operations.changed') : problemText(error));
    }
    void client.invalidateQueries({ queryKey });
  };
}
