import type { AddressedNotice } from '../../core/notices/noticesOf.ts';
import type { Services } from '../../ports.ts';

/** Somebody else is sending this notice, or died a moment ago while sending it. */
export class SentElsewhere extends Error {
  override readonly name = 'SentElsewhere';
}

/**
 * Sends a notice unless it was sent. Between sending and noting that there is a moment in which to die: then it is
 * sent again, since told twice is better than not told.
 * @returns whether it was sent now
 */
export async function sendOnce(
  { audience, notice }: AddressedNotice,
  { once, notices }: Pick<Services, 'once' | 'notices'>,
): Promise<boolean> {
  const key = `notice:${audience}:${notice.dedupeId}`;
  switch (await once.begin(key)) {
    case 'done':
      return false;
    case 'busy':
      throw new SentElsewhere(`${notice.dedupeId} is being sent to ${audience}`);
    case 'mine':
      await notices.send(audience, notice);
      await once.done(key);
      return true;
  }
}
