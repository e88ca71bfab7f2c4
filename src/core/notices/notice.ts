/** A message to people. Who gets it is the audience it is sent to; the same one twice has the same `dedupeId`. */
export interface Notice {
  /** Printable ASCII, fewer than 100 characters: what a mail's subject may be (SNS). */
  readonly subject: string;
  /** The mail: plain text in lines, written for people. */
  readonly text: string;
  /** The same for a chat channel. */
  readonly chat: ChatMessage;
  /** Names what happened: whoever sees it again may drop it. */
  readonly dedupeId: string;
  /** Notices of one thread belong together in a chat channel. */
  readonly threadId: string;
  /** The templates it is about: subscriptions filter by them. */
  readonly templates: readonly string[];
}

/** In the limits of Amazon Q Developer's custom notifications; the texts are Slack's mark-up, escaped. */
export interface ChatMessage {
  /** At most 250 characters. */
  readonly title: string;
  /** At most 8,000 characters. */
  readonly description: string;
  /** At most 350 characters each. */
  readonly nextSteps: readonly string[];
  /** At most 75 characters each. */
  readonly keywords: readonly string[];
}
