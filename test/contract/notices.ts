import { expect, test } from 'vitest';
import type { Notice } from '../../src/core/notices/notice.ts';
import type { Audience } from '../../src/core/words.ts';
import type { Notices } from '../../src/ports.ts';

export interface NoticesWorld {
  readonly notices: Notices;
  /** What somebody of this audience who follows everything has got: subject and text, in order. */
  readonly received: (audience: Audience) => Promise<{ readonly subject: string; readonly text: string }[]>;
}

export const aNotice = (changes: Partial<Notice> = {}): Notice => ({
  subject: 'python-ml has a new image in us-east-1',
  text: 'The image ami-0000000000000000a is active.\n\n-- \nÄuto-AMI',
  chat: { title: 'New image', description: 'It is active.', nextSteps: [], keywords: [] },
  dedupeId: 'promoted-1',
  threadId: 'template:python-ml',
  templates: ['python-ml'],
  ...changes,
});

export function noticesContract(aWorld: () => Promise<NoticesWorld>): void {
  test('a notice reaches its audience, and no other', async () => {
    const { notices, received } = await aWorld();
    const notice = aNotice();
    await notices.send('admins', notice);
    expect(await received('admins')).toEqual([{ subject: notice.subject, text: notice.text }]);
    expect(await received('students')).toEqual([]);
  });

  test('one that is about no template is a notice too', async () => {
    const { notices, received } = await aWorld();
    await notices.send('admins', aNotice({ templates: [] }));
    expect(await received('admins')).toHaveLength(1);
  });
}
