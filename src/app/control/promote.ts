import type { AnswerOf, Caller, RequestOf } from '../../api/routes.ts';
import { promoteByHand } from '../../core/builds/promoteByHand.ts';
import { byWhom } from './byWhom.ts';
import { type ActiveServices, changeActive } from './changeActive.ts';

/** Promotes the candidates of a template by hand: the one way for those of a policy that says so, and before a soak ends. */
export async function promote(
  { reason, ...asked }: RequestOf<'promote'>,
  { actor }: Caller,
  services: ActiveServices,
): Promise<AnswerOf<'promote'>> {
  const because = byWhom(actor, reason);
  return changeActive(
    asked,
    (target, amis, now) => {
      const promotion = promoteByHand(target, amis, because, now);
      if (promotion.kind === 'nothing') return promotion;
      const { ami, writes, afterwards } = promotion;
      return {
        kind: 'change',
        amiId: ami.amiId,
        left: ami.replaces,
        because: `promoted ${because}`,
        writes,
        afterwards,
      };
    },
    services,
  );
}
