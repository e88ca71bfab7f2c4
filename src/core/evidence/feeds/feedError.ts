/** What is wrong with what a feed answered. `not-yet`: a right answer that what was asked for is not published. */
export type FeedFault = 'malformed' | 'truncated' | 'too-large' | 'not-yet';

/** A feed's answer cannot be used. The message is a sentence for people that says what was found and where. */
export class FeedError extends Error {
  override readonly name = 'FeedError';
  readonly fault: FeedFault;

  constructor(fault: FeedFault, message: string) {
    super(message);
    this.fault = fault;
  }
}
