import type { AddressedNotice } from '../core/notices/noticesOf.ts';
import type { Notices } from '../ports.ts';
import { faultQueue, type NextFaults } from './nextFaults.ts';

export interface MemoryNotices extends Notices, NextFaults {
  /** Everything that was sent, in order. */
  readonly sent: readonly AddressedNotice[];
}

/** The topics of all audiences in memory. */
export function memoryNotices(): MemoryNotices {
  const sent: AddressedNotice[] = [];
  const faults = faultQueue();
  return {
    sent,
    failNext: faults.failNext,
    async send(audience, notice) {
      faults.throwNext();
      sent.push({ audience, notice });
    },
  };
}
