import { durationInWords } from '../../time/duration.ts';
import { boundedDuration } from '../../time/latestStart.ts';
import type { Milliseconds } from '../../words.ts';
import { KNOWN_LEVELS } from '../keys/securityKeys.ts';
import type { KnownLevel, LevelPolicy } from '../policy.ts';
import type { Checked } from './checked.ts';
import { expectedPace } from './windowWarnings.ts';

/** Deadlines that cannot be met, or that do nothing. */
export function warnOfSecurity(checked: Checked): void {
  const { policy, says, warn } = checked;
  const bounded = boundedDuration(expectedPace(checked));
  for (const level of KNOWN_LEVELS) {
    const { window, action } = policy.perLevel[level];
    const path = `security_updates.${level}_window`;
    const soak = level === 'critical' ? 0 : policy.soak;
    if (action === 'off' && says(path)) {
      warn(
        path,
        `${level} updates are off (${level}_action)`,
        'they are reported, and nothing is rebuilt for them',
      );
    }
    if (window !== 'immediate' && action !== 'off' && window < bounded + soak) {
      const needs =
        soak === 0
          ? durationInWords(bounded)
          : `${durationInWords(bounded)} and ${durationInWords(soak)} of soak`;
      const message = `${durationInWords(window)} is shorter than a build may take (${needs})`;
      warn(path, message, `${level} builds start at once and are reported as infeasible when they arise`);
    }
  }
  warnOfSoaks(checked, bounded);
  warnOfOrder(checked);
  if (!policy.budgets.approveEmergency && says('approve_emergency_builds')) {
    const critical = windowOf(policy.perLevel.critical);
    const message = `critical builds wait for approve, whatever their window of ${critical}`;
    warn('approve_emergency_builds', message, 'the deadline is missed if the approval comes too late');
  }
}

/** A template's own soak may take up what the levels leave, though that of all others does not. */
function warnOfSoaks({ policy, warn }: Checked, bounded: Milliseconds): void {
  for (const [template, { soak = policy.soak }] of Object.entries(policy.templates)) {
    const short = KNOWN_LEVELS.filter((level) => {
      const { window, action } = policy.perLevel[level];
      if (level === 'critical' || action === 'off' || window === 'immediate') return false;
      return window < bounded + soak && window >= bounded + policy.soak;
    });
    if (short.length === 0) continue;
    const windows = short.map((level) => `${level} updates (${windowOf(policy.perLevel[level])})`).join(', ');
    warn(
      `templates.${template}.soak`,
      `a build and its soak may take ${durationInWords(bounded)} and ${durationInWords(soak)}, longer than ${windows} may take`,
      'its builds start at once for them and are reported as infeasible when they arise',
    );
  }
}

function warnOfOrder({ policy, says, warn }: Checked): void {
  for (const [index, level] of KNOWN_LEVELS.entries()) {
    const worse: KnownLevel | undefined = KNOWN_LEVELS[index - 1];
    if (worse === undefined) continue;
    const [window, worseWindow] = [policy.perLevel[level].window, policy.perLevel[worse].window];
    const [length, worseLength] = [window, worseWindow].map((value) => (value === 'immediate' ? 0 : value));
    if ((length ?? 0) >= (worseLength ?? 0)) continue;
    const path =
      [level, worse].map((name) => `security_updates.${name}_window`).find(says) ?? 'security_updates';
    const message = `${level} updates have less time (${windowOf({ window })}) than ${worse} ones (${windowOf({ window: worseWindow })})`;
    warn(path, message, 'each is used as it is');
  }
}

function windowOf({ window }: Pick<LevelPolicy, 'window'>): string {
  return window === 'immediate' ? 'immediate' : durationInWords(window);
}
