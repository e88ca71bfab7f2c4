import type { Letter } from './letter.ts';
import type { ChatMessage } from './notice.ts';
import { shortened } from './say.ts';

/** The limits of a custom notification (Amazon Q Developer in chat applications). */
const LONGEST = { title: 250, description: 8_000, nextStep: 350, keyword: 75 } as const;

export function chatMessage({ headline, opening, facts, items, nextSteps, templates }: Letter): ChatMessage {
  const description = [
    escaped(opening),
    facts.map(([name, value]) => `*${escaped(name)}:* ${escaped(value)}`).join('\n'),
    shortened(items)
      .map((item) => `• ${escaped(item)}`)
      .join('\n'),
  ];
  return {
    title: cut(escaped(headline), LONGEST.title),
    description: cut(description.filter((part) => part !== '').join('\n\n'), LONGEST.description),
    nextSteps: nextSteps.map((step) => cut(escaped(step), LONGEST.nextStep)),
    keywords: shortened(templates).map((template) => cut(escaped(template), LONGEST.keyword)),
  };
}

/** Slack reads `&`, `<` and `>` as its own; a template's author must not be able to mention a whole channel. */
function escaped(text: string): string {
  return text
    .replaceAll(/[\s\p{Cc}]+/gu, ' ')
    .trim()
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;');
}

function cut(text: string, longest: number): string {
  return text.length <= longest ? text : `${text.slice(0, longest - 1)}…`;
}
