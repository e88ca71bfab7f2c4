/**
 * What is wrong with a feed. `not-yet`: a right answer that what was asked for is not published; `down`: no answer, or
 * one of a fault; `timeout`: silence; the others are about what it answered.
 */
export type FeedFault = 'malformed' | 'truncated' | 'too-large' | 'not-yet' | 'down' | 'timeout';

/** A feed's answer cannot be used. The message is a sentence for people that says what was found and where. */
export class FeedError extends Error {
  override readonly name = 'FeedError';
  readonly fault: FeedFault;

  constructor(fault: FeedFault, message: string) {
    super(message);
    this.fault = fault;
  }
}
