import type { DomainEvent } from '../../core/events.ts';

/** One of our own events as it was delivered; the same one twice has the same id. */
export type Told = Pick<DomainEvent, 'detailType' | 'detail'>;
