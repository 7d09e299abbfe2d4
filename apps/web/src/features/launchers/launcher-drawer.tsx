import { useQueryClient } from '@tanstack/react-query';
import { Drawer } from 'antd';
import { useCallback, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import type { FormData, Launched, Launcher, LauncherDetail } from '../../lib/api-types.js';
import { isFailed } from '../../lib/is-failed.js';
import { useWarnBeforeLeaving } from '../../lib/leaving.js';
import { LeaveQuestion } from '../../ui/leave-guard.js';
import { ErrorState, ListSkeleton } from '../../ui/states.js';
import { useLauncher } from './api.js';
import { LaunchedReceipt } from './launched-receipt.js';
import { LauncherForm } from './launcher-form.js';

type Props = {
  launcher: Launcher;
  close: () => void;
  /** What the form holds beforehand. */
  given?: FormData;
  started?: (launched: Launched) => void;
};

/** Starting something: its form, then its receipt or its event room. What was typed is not closed away unasked. */
export function LauncherDrawer({ launcher, close, given, started }: Props) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const client = useQueryClient();
  const detail = useLauncher(launcher.id);
  const [launched, setLaunched] = useState<Launched | null>(null);
  const [isTyped, setTyped] = useState(false);
  const [isLeaving, setLeaving] = useState(false);
  const isUnsent = isTyped && launched === null;
  useWarnBeforeLeaving(useCallback(() => isUnsent, [isUnsent]));
  const typed = useCallback(() => setTyped(true), []);
  const done = (result: Launched) => {
    void client.invalidateQueries({ queryKey: ['tasks'] });
    started?.(result);
    if (!result.room) return setLaunched(result);
    close();
    void navigate(`/work/room/${result.processInstanceKey}`);
  };
  return (
    <Drawer
      open
      onClose={isUnsent ? () => setLeaving(true) : close}
      size={720}
      title={launcher.title}
      mask={{ closable: launched === null }}
      closable={{ 'aria-label': t('common.close') }}
      destroyOnHidden
    >
      {launched && <LaunchedReceipt launched={launched} title={launcher.title} close={close} />}
      {!launched && detail.isPending && <ListSkeleton />}
      {!launched && isFailed(detail) && <ErrorState error={detail.error} retry={() => void detail.refetch()} />}
      {!launched && detail.data && (
        <LauncherForm
          detail={withGiven(detail.data, given)}
          launcher={{ ...launcher, ...detail.data.launcher }}
          done={done}
          typed={typed}
        />
      )}
      <LeaveQuestion open={isLeaving} stay={() => setLeaving(false)} leave={close} />
    </Drawer>
  );
}

const withGiven = (detail: LauncherDetail, given: FormData = {}): LauncherDetail => ({
  ...detail,
  data: { ...detail.data, ...given },
});
