import { memoryNotices } from '../../src/memory/memoryNotices.ts';
import { noticesContract } from './notices.ts';

noticesContract(async () => {
  const notices = memoryNotices();
  return {
    notices,
    received: async (audience) =>
      notices.sent
        .filter((each) => each.audience === audience)
        .map(({ notice: { subject, text } }) => ({ subject, text })),
  };
});
