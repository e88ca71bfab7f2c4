import { by } from '../../core/by.ts';
import type { LeavingAmi } from '../../core/images/retire.ts';
import type { Services } from '../../ports.ts';

/** One line for people of what a run has deregistered; each build's own story tells of its AMI. */
export async function noteRemoved(
  retired: readonly LeavingAmi[],
  { activity, now }: Pick<Services, 'activity' | 'now'>,
): Promise<void> {
  const gone = retired.filter(({ state }) => state === 'deregistered');
  if (gone.length === 0) return;
  const at = now();
  await activity.note(`removed:${at}`, { at, kind: 'amis-removed', text: inWords(gone) });
}

/** `3 AMIs were deregistered: python-ml 2, r-stats 1`. */
function inWords(gone: readonly LeavingAmi[]): string {
  const count = new Map<string, number>();
  for (const { template } of gone) count.set(template, (count.get(template) ?? 0) + 1);
  const each = [...count].sort(by(([template]) => template)).map(([template, amis]) => `${template} ${amis}`);
  return `${gone.length === 1 ? '1 AMI was' : `${gone.length} AMIs were`} deregistered: ${each.join(', ')}`;
}
