import { Refusal } from '../problems/refusal.js';

const operation = /^\/(health\/(live|ready)|metrics)(\?|$)/;

/** A node with `ROLE=worker` answers its operators alone. Throws the refusal of everything else. */
export function refuseBesidesOperation(url: string): void {
  if (operation.test(url)) return;
  throw new Refusal(
    'notFound',
    'Expected a node that serves requests but this one has ROLE=worker: ask one with ROLE=api or ROLE=all.',
    { zh: '此节点只做后台工作，请访问提供服务的节点。' },
  );
}
