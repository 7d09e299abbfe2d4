import type { Approval } from '#persistence';
import type { NamesService } from './names.service.js';
import type { Dated } from './timeline.service.js';

/** What the course of a case says of a change from outside it: who asked for it and why, and who else decided. */
export async function interventionEntry(approval: Approval, names: Pick<NamesService, 'account'>): Promise<Dated> {
  const { message, why, author, decidedBy, decidedAt, createdAt } = approval;
  const [verb] = message.split('：');
  const by = await names.account(author);
  const decider = (await names.account(decidedBy))?.name ?? '';
  return {
    at: decidedAt ?? createdAt,
    kind: 'log',
    text: `${headings[approval.state]}：${verb}`,
    detail: [...why, decisionOf(approval, decider)].map(ended).join(''),
    ...(by && { by }),
  };
}

const headings: Readonly<Record<Approval['state'], string>> = {
  waiting: '提出人工干预',
  approved: '人工干预',
  rejected: '人工干预未获批准',
};

function decisionOf({ state, author, decidedBy, comment }: Approval, decider: string): string {
  if (state === 'waiting') return '等待另一个人批准';
  if (decidedBy === author) return '当时没有别人可以批准，由提出的人决定';
  const remark = comment ? `，意见：${comment}` : '';
  return `${decider}${state === 'approved' ? '批准' : '不同意'}${remark}`;
}

const ended = (sentence: string): string => (/[。！？]$/.test(sentence) ? sentence : `${sentence}。`);
