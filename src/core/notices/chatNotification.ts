import type { Notice } from './notice.ts';

/** What Amazon Q Developer in chat applications shows of a topic: its custom notification, version 1.0. */
export interface ChatNotification {
  readonly version: '1.0';
  readonly source: 'custom';
  readonly id: string;
  readonly content: {
    readonly textType: 'client-markdown';
    readonly title: string;
    readonly description: string;
    readonly nextSteps?: readonly string[];
    readonly keywords?: readonly string[];
  };
  readonly metadata: { readonly threadId: string; readonly summary: string };
}

/** A notice as the message to publish, as JSON, to the chat topic. */
export function chatNotification({ chat, dedupeId, threadId, subject }: Notice): ChatNotification {
  const { title, description, nextSteps, keywords } = chat;
  return {
    version: '1.0',
    source: 'custom',
    id: dedupeId,
    content: {
      textType: 'client-markdown',
      title,
      description,
      ...(nextSteps.length === 0 ? {} : { nextSteps }),
      ...(keywords.length === 0 ? {} : { keywords }),
    },
    metadata: { threadId, summary: subject },
  };
}
