export { createCalendar, type CalendarYear, type Calendar } from './calendar.js';
export { countedFrom, nextCycleDue, parseCycle, rhythmOf, type Cycle } from './cycle.js';
export { calendarFunctions } from './feel-functions.js';
export { addDuration, parseDuration, type IsoDuration } from './iso-duration.js';
export {
  endOfPeriod,
  momentsOfShares,
  parsePeriod,
  periodAfter,
  periodBefore,
  type Period,
  type Stretch,
} from './period.js';
export { parseSchedule, type Landmark, type Schedule, type ScheduleFault, type ScheduleRule } from './schedule.js';
