import { firstDayOf } from '../../launches.ts';
import { daysInWords } from '../../time/duration.ts';
import type { Checked } from './checked.ts';

/** Where nobody tells of launches, every template is dormant. */
export function warnOfDormancy({ policy, context, warn }: Checked): void {
  const { launches, window } = policy.dormancy;
  const { now, lastLaunch } = context;
  if (launches === 0 || now === undefined || lastLaunch === undefined) return;
  if (lastLaunch !== null && lastLaunch >= firstDayOf(window, now)) return;
  const since = lastLaunch === null ? '' : ` in the last ${daysInWords(window)}`;
  warn(
    'dormancy',
    `this deployment was told of no launch${since} (event Template Launched, docs/events.md)`,
    'every template is dormant: none follows its base for that alone until launches are told',
  );
}
