import { AUDIENCES } from '../../words.ts';
import type { Checked } from './checked.ts';

/** What cannot take effect and what happens instead, where it is said of all templates or of one. */
type Said = readonly [message: string, instead: string];

export const POPULARITY_OFF: Said = [
  'popularity is off (popularity.enabled is false)',
  'however often a template is launched, it is not built for that',
];
export const MANUAL: Said = ['promotion is manual', 'an AMI waits for promote, however long it has soaked'];

/** Switches that do nothing as they are set. */
export function warnOfSwitches({ said, policy, context, says, warn }: Checked): void {
  if (said.mode === undefined) {
    const { currentMode } = context;
    const instead =
      currentMode === undefined
        ? 'mode is observe: it decides and explains, but builds nothing until the policy says mode: act'
        : `the deployed mode stays: ${currentMode}`;
    warn('', 'no mode is given', instead);
  }
  if (!policy.popularity.enabled && (says('popularity_threshold') || says('popularity.window'))) {
    const path = says('popularity_threshold') ? 'popularity_threshold' : 'popularity.window';
    warn(path, ...POPULARITY_OFF);
  }
  if (said.preserve_running_instances === false) {
    const message = 'running instances are never touched, whatever the policy says';
    warn(
      'preserve_running_instances',
      message,
      'they keep the image they run on, and stale-instances names them with their owners',
    );
  }
  const nobody = AUDIENCES.every((audience) => !policy.notify.audiences[audience]);
  if (nobody && policy.notify.beforeRebuild) {
    warn(
      'notify_before_rebuild',
      'nobody is notified: every notify_… key is false',
      'rebuilds start without a word',
    );
  } else if (policy.notify.beforeRebuild && !policy.notify.audiences.researchers) {
    const message = 'researchers are not notified (security_updates.notify_researchers is false)';
    warn('notify_before_rebuild', message, 'only the other audiences are told before a rebuild');
  }
  if (policy.promotion === 'manual' && policy.soak > 0) {
    warn('soak', ...MANUAL);
  }
}
