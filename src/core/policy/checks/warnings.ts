import type { Checked } from './checked.ts';
import { warnOfDormancy } from './dormancyWarnings.ts';
import { warnOfMoney } from './moneyWarnings.ts';
import { warnOfNames } from './nameWarnings.ts';
import { warnOfRetention } from './retentionWarnings.ts';
import { warnOfSecurity } from './securityWarnings.ts';
import { warnOfOffPeak } from './offPeakWarnings.ts';
import { warnOfSeasons } from './seasonWarnings.ts';
import { warnOfStrategies } from './strategyWarnings.ts';
import { warnOfSwitches } from './switchWarnings.ts';
import { warnOfTemplates } from './templateWarnings.ts';
import { warnOfWindows } from './windowWarnings.ts';

/** Everything that is accepted but cannot take effect as written (design §7). */
export function warn(checked: Checked): void {
  warnOfSwitches(checked);
  warnOfWindows(checked);
  warnOfOffPeak(checked);
  warnOfSecurity(checked);
  warnOfSeasons(checked);
  warnOfMoney(checked);
  warnOfRetention(checked);
  warnOfStrategies(checked);
  warnOfDormancy(checked);
  warnOfTemplates(checked);
  warnOfNames(checked);
}
