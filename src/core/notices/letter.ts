/** What a notice says, before it is set as a mail and as a chat message. */
export interface Letter {
  /** The news in a few words, without a full stop: subject of the mail and title in the chat. */
  readonly headline: string;
  /** The news in sentences. */
  readonly opening: string;
  /** `Base image: ubuntu-22.04`: facts with their names. */
  readonly facts: readonly (readonly [name: string, value: string])[];
  /** One line each, such as a region with its AMI. */
  readonly items: readonly string[];
  /** What the reader can do, in sentences or commands; may be nothing. */
  readonly nextSteps: readonly string[];
  readonly dedupeId: string;
  readonly threadId: string;
  readonly templates: readonly string[];
}
