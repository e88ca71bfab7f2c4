import type { Checked } from './checked.ts';

/** What is said of old images and does less, or no more, than it seems. */
export function warnOfRetention({ policy: { retention }, says, warn }: Checked): void {
  if (says('retention.keep_previous') && retention.keepPrevious === 0)
    warn(
      'retention.keep_previous',
      'it is 0',
      'the AMI that rollback returns to is neither disabled nor deregistered all the same',
    );
  if (says('retention.max_removals_per_day') && retention.maximumRemovalsPerDay === 0)
    warn(
      'retention.max_removals_per_day',
      'it is 0',
      'AMIs that gave way are deprecated and disabled, and stay until somebody deregisters them',
    );
}
