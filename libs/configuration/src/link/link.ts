import { linkCalendarFeeds } from './calendar-links.js';
import { linkClauses } from './clause-links.js';
import { linkChat } from './chat-links.js';
import { linkDashboards } from './dashboard-links.js';
import { linkDeadlines } from './deadline-links.js';
import { linkDictionaries } from './dictionary-links.js';
import { linkLaunches } from './launch-links.js';
import { linkLedgers } from './ledger-links.js';
import type { LinkContext } from './link-context.js';
import { linkMessages } from './message-links.js';
import { linkProcess } from './process-links.js';
import { linkProtection, linkUncalledDecisions } from './protection.js';
import { linkScenarios } from './scenario-links.js';
import { linkSchedules } from './schedule-links.js';
import { linkScreens } from './screen-links.js';
import { linkSettings } from './settings-links.js';
import { linkSuggestions } from './suggest-links.js';
import { linkTemplates } from './template-links.js';
import { knownVariables, linkVariables } from './variables.js';

/** Kinds whose names stand all over the set: while one is broken, what reads nothing or leads nowhere cannot be told. */
const everywhere = ['process', 'form', 'document'] as const;

/** Follows every name from one file of the set into another, and reports what leads nowhere or where it must not. */
export function link(context: LinkContext): void {
  const known = everywhere.some((kind) => context.broken.has(kind)) ? undefined : knownVariables(context);
  linkSettings(context);
  linkChat(context);
  linkClauses(context);
  linkDictionaries(context);
  for (const process of context.set.processes) {
    linkProcess(context, process);
    linkMessages(context, process);
    linkProtection(context, process);
    if (known) linkVariables(context, known, process);
  }
  linkUncalledDecisions(context);
  linkScreens(context, known);
  linkLaunches(context);
  linkSuggestions(context);
  linkTemplates(context);
  linkSchedules(context);
  linkLedgers(context, known);
  linkDashboards(context);
  linkCalendarFeeds(context);
  linkDeadlines(context, known);
  for (const file of known ? context.set.scenarios : []) linkScenarios(context, file);
}
