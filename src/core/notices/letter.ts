import { chatMessage } from './chatMessage.ts';
import type { Notice } from './notice.ts';
import { shortened } from './say.ts';
import { subjectLine } from './subjectLine.ts';

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

/** Image Builder's reasons can be pages long; the log has them whole. */
const LONGEST_LINE = 1_000;

export function noticeOf(letter: Letter): Notice {
  const { dedupeId, threadId, templates } = letter;
  return {
    subject: subjectLine(letter.headline),
    text: mail(letter),
    chat: chatMessage(letter),
    dedupeId,
    threadId,
    templates,
  };
}

function mail({ opening, facts, items, nextSteps }: Letter): string {
  const wide = Math.max(0, ...facts.map(([name]) => name.length));
  const parts = [
    [oneLine(opening)],
    facts.map(([name, value]) => `${`${name}:`.padEnd(wide + 1)} ${oneLine(value)}`),
    shortened(items).map((item) => `- ${oneLine(item)}`),
    nextSteps.length === 0 ? [] : ['What you can do:', ...nextSteps.map((step) => `- ${oneLine(step)}`)],
    ['--', 'Sent by Auto-AMI, which keeps machine images fresh.'],
  ];
  return `${parts
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n')}\n`;
}

/** Reasons may come from logs: no line of theirs may look like one of ours. */
function oneLine(text: string): string {
  const line = text.replace(/[\s\p{Cc}]+/gu, ' ').trim();
  return line.length <= LONGEST_LINE ? line : `${line.slice(0, LONGEST_LINE)} ...`;
}
