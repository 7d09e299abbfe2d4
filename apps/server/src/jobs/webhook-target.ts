import { allowedHost, type AllowedHost } from '../outgoing/allowed-hosts.js';

/** The address of a webhook, or what is wrong with it in one sentence. */
export type WebhookTarget = { readonly url: URL } | { readonly fault: string };

/** Whether the operator lets `ct.webhook` send to this address: its origin must be named, and nothing of it may be a secret. */
export function webhookTarget(address: string, hosts: readonly AllowedHost[]): WebhookTarget {
  const url = URL.canParse(address) ? new URL(address) : undefined;
  if (!url || !/^https?:$/.test(url.protocol))
    return { fault: 'Expected the header "url" to be an http or https address.' };
  if (url.username !== '' || url.password !== '')
    return { fault: 'Expected the header "url" to hold neither user name nor password.' };
  if (hosts.length === 0)
    return {
      fault: `Expected WEBHOOK_ORIGINS to name ${url.origin} but it is not set: no webhook is sent. An operator must allow the origin.`,
    };
  if (!allowedHost(url, hosts))
    return {
      fault: `Expected WEBHOOK_ORIGINS to name ${url.origin} but it does not. An operator must allow the origin.`,
    };
  return { url };
}
