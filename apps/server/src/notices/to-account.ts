/** Recipient of a notice that is for one account, also where a role has the same id. */
export const toAccount = (id: string): string => `account:${id}`;

/** Whether a notice to the recipient is for this account: by its id, or by one of its groups. */
export const isFor = (recipient: string, { id, groups }: { readonly id: string; readonly groups: readonly string[] }) =>
  recipient === id || recipient === toAccount(id) || groups.includes(recipient);
