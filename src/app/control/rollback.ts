import type { AnswerOf, Caller, RequestOf } from '../../api/routes.ts';
import { rollback as rollBack } from '../../core/builds/rollback.ts';
import { byWhom } from './byWhom.ts';
import { type ActiveServices, changeActive } from './changeActive.ts';

/** Points a template back to the AMI before the active one. */
export async function rollback(
  { reason, ...asked }: RequestOf<'rollback'>,
  { actor }: Caller,
  services: ActiveServices,
): Promise<AnswerOf<'rollback'>> {
  const because = byWhom(actor, reason);
  return changeActive(
    asked,
    (target, amis, now) => {
      const made = rollBack(target, amis, because, now);
      if (made.kind === 'nothing') return made;
      const { to, left, writes, afterwards } = made;
      return { kind: 'change', amiId: to.amiId, left, because: `rolled back ${because}`, writes, afterwards };
    },
    services,
  );
}
