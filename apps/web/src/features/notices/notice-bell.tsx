import { BellOutlined } from '@ant-design/icons';
import { Badge, Button, Popover } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { Notice } from '../../lib/api-types.js';
import { momentText } from '../../lib/time.js';
import { isNewer, readSeen, saveSeen, useNotices } from './api.js';

/** What processes told this person; a dot as long as something is there that was not opened on this device. */
export function NoticeBell({ account }: { account: string }) {
  const { t } = useTranslation();
  const notices = useNotices().data ?? [];
  const [seen, setSeen] = useState(() => readSeen(account));
  const [isOpen, setOpen] = useState(false);
  const newest = notices[0]?.noticeKey;
  const unseen = notices.filter(({ noticeKey }) => isNewer(noticeKey, seen)).length;
  const change = (next: boolean) => {
    setOpen(next);
    if (!next || newest === undefined) return;
    saveSeen(account, newest);
    setSeen(newest);
  };
  if (notices.length === 0) return null;
  return (
    <Popover
      trigger="click"
      placement="bottomRight"
      title={t('notices.title')}
      open={isOpen}
      onOpenChange={change}
      content={<NoticeList notices={notices} close={() => setOpen(false)} />}
    >
      <Button
        type="text"
        aria-label={unseen > 0 ? t('notices.unseen', { count: unseen }) : t('notices.title')}
        icon={
          <Badge count={unseen} size="small" offset={[6, -4]}>
            <BellOutlined aria-hidden />
          </Badge>
        }
      />
    </Popover>
  );
}

/** Each leads to what it tells of, where that is for this person. */
function NoticeList({ notices, close }: { notices: Notice[]; close: () => void }) {
  const { i18n } = useTranslation();
  return (
    <ul className="ct-plain ct-stack" style={{ width: 'min(360px, 70vw)', maxHeight: '60vh', overflowY: 'auto' }}>
      {notices.map(({ noticeKey, text, createdAt, processInstanceKey }) => (
        <li key={noticeKey}>
          {processInstanceKey === null ? (
            <div>{text}</div>
          ) : (
            <Link to={`/work/case/${processInstanceKey}`} onClick={close}>
              {text}
            </Link>
          )}
          <div className="ct-soft">{momentText(createdAt, i18n.language)}</div>
        </li>
      ))}
    </ul>
  );
}
