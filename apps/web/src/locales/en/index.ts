import { accounts } from './accounts.js';
import { actions } from './actions.js';
import { audit } from './audit.js';
import { common } from './common.js';
import { interventions } from './interventions.js';
import { keeping } from './keeping.js';
import { organization } from './organization.js';
import { portal } from './portal.js';
import { room } from './room.js';
import { staff } from './staff.js';

export const en = {
  ...common,
  ...portal,
  ...organization,
  ...staff,
  ...accounts,
  ...actions,
  ...audit,
  ...interventions,
  ...keeping,
  ...room,
};
