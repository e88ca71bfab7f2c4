/** An event of ours without a field that its kind has: it was sent by nobody of us. */
export class EventWithout extends Error {
  override readonly name = 'EventWithout';
}

/** @throws EventWithout if the detail has no such text */
export function textIn(detail: Readonly<Record<string, unknown>>, field: string): string {
  const value = detail[field];
  if (typeof value !== 'string')
    throw new EventWithout(`The event says no ${field}: ${JSON.stringify(detail)}`);
  return value;
}
