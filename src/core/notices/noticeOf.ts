import { chatMessage } from './chatMessage.ts';
import type { Letter } from './letter.ts';
import type { Notice } from './notice.ts';
import { shortened } from './say.ts';
import { subjectLine } from './subjectLine.ts';

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
