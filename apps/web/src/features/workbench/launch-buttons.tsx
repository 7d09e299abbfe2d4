import { PlusOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { use } from 'react';
import type { TaskDetail } from '../../lib/api-types.js';
import { LaunchContext } from '../../ui/launching.js';
import type { NewCase } from './with-number.js';

type Props = {
  launches: TaskDetail['launches'];
  started: (launched: NewCase) => void;
};

/** What this step starts: its form opens prefilled, and its number comes back into this one. */
export function LaunchButtons({ launches, started }: Props) {
  const launch = use(LaunchContext);
  if (launches.length === 0) return null;
  return (
    <div className="ct-row" style={{ marginBottom: 16 }}>
      {launches.map(({ field, launcher, data }) => (
        <Button
          key={`${field} ${launcher.id}`}
          size="large"
          icon={<PlusOutlined aria-hidden />}
          onClick={() =>
            launch({
              launcher,
              given: data,
              started: ({ caseNo }) => caseNo && started({ field, caseNo }),
            })
          }
        >
          {launcher.title}
        </Button>
      ))}
    </div>
  );
}
