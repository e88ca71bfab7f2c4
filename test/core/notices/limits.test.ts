import fc from 'fast-check';
import { expect, test } from 'vitest';
import { chatNotification } from '../../../src/core/notices/chatNotification.ts';
import { noticeOf } from '../../../src/core/notices/noticeOf.ts';
import { subjectLine } from '../../../src/core/notices/subjectLine.ts';

const text = fc.string({ unit: 'binary', maxLength: 400 });
const letter = fc.record({
  headline: text,
  opening: text,
  facts: fc.array(fc.tuple(text, fc.string({ unit: 'binary', maxLength: 9_000 })), { maxLength: 5 }),
  items: fc.array(text, { maxLength: 60 }),
  nextSteps: fc.array(text, { maxLength: 4 }),
  dedupeId: text,
  threadId: text,
  templates: fc.array(text, { maxLength: 60 }),
});

test('whatever is said, a mail and a chat message keep to the limits of their carriers', () => {
  fc.assert(
    fc.property(letter, (said) => {
      const notice = noticeOf(said);
      expect(notice.subject).toMatch(/^\[Auto-AMI\] ?[ -~]{0,88}$/);
      expect(notice.text.length).toBeLessThan(200_000);
      expect(notice.chat.title.length).toBeLessThanOrEqual(250);
      expect(notice.chat.description.length).toBeLessThanOrEqual(8_000);
      for (const step of notice.chat.nextSteps) expect(step.length).toBeLessThanOrEqual(350);
      for (const keyword of notice.chat.keywords) expect(keyword.length).toBeLessThanOrEqual(75);
      expect(notice.chat.description).not.toMatch(/<[!@#]/);
    }),
    { numRuns: 500 },
  );
});

test.each([
  [
    'Security update (high): ubuntu-22.04 20260720',
    '[Auto-AMI] Security update (high): ubuntu-22.04 20260720',
  ],
  ['ami-1 → ami-2', '[Auto-AMI] ami-1 -> ami-2'],
  ['Zoë’s\r\nBcc: all', '[Auto-AMI] Zoe?s Bcc: all'],
])('%j is the subject %j', (headline, subject) => expect(subjectLine(headline)).toBe(subject));

test('a long headline ends in three dots', () => {
  const subject = subjectLine('x'.repeat(200));
  expect(subject).toHaveLength(99);
  expect(subject.endsWith('...')).toBe(true);
});

test('a notice is a custom notification of Amazon Q Developer', () => {
  const notice = noticeOf({
    headline: 'python-ml <!channel> is paused',
    opening: 'No images & no fun.',
    facts: [['Template', 'python-ml']],
    items: ['us-east-1'],
    nextSteps: [],
    dedupeId: 'template-paused:python-ml',
    threadId: 'template:python-ml',
    templates: ['python-ml'],
  });
  expect(chatNotification(notice)).toEqual({
    version: '1.0',
    source: 'custom',
    id: 'template-paused:python-ml',
    content: {
      textType: 'client-markdown',
      title: 'python-ml &lt;!channel&gt; is paused',
      description: 'No images &amp; no fun.\n\n*Template:* python-ml\n\n• us-east-1',
      keywords: ['python-ml'],
    },
    metadata: { threadId: 'template:python-ml', summary: '[Auto-AMI] python-ml <!channel> is paused' },
  });
});
