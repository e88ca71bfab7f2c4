import { isOpen } from '../builds/regionBuild.ts';
import type { Policy } from '../policy/policy.ts';
import { inWords } from '../time/inWords.ts';
import { AUDIENCES, type Audience, type Instant, type SecurityLevel } from '../words.ts';
import type { Letter } from './letter.ts';
import { approvalLetter, finishedLetter, queuedLetter } from './letters/buildLetters.ts';
import { endOfLifeLetter } from './letters/endOfLifeLetter.ts';
import { exhaustedLetter, overrunLetter } from './letters/moneyLetters.ts';
import { promotedLetter } from './letters/promotedLetter.ts';
import { deadlineLetter, failedLetter, pausedLetter, refusedLetter } from './letters/troubleLetters.ts';
import { updateLetter } from './letters/updateLetter.ts';
import type { Notice } from './notice.ts';
import { noticeOf } from './noticeOf.ts';
import type { NoticeFact, NoticeKind } from './noticeFact.ts';

export interface AddressedNotice {
  readonly audience: Audience;
  readonly notice: Notice;
}

const THOSE = {
  /** Those who run the system. */
  admins: ['admins'],
  /** And those whose grants pay for it. */
  payers: ['admins', 'researchers'],
  /** Who works with its images, too. */
  everyone: AUDIENCES,
} as const satisfies Record<string, readonly Audience[]>;

/** Whom a kind of news concerns. */
const CONCERNS: Readonly<Record<NoticeKind, 'admins' | 'everyone'>> = {
  'base-image-updated': 'everyone',
  'build-queued': 'everyone',
  'approval-wanted': 'admins',
  'build-finished': 'everyone',
  'region-build-failed': 'admins',
  'region-build-refused': 'admins',
  'ami-promoted': 'everyone',
  'template-paused': 'admins',
  'budget-exhausted': 'admins',
  'budget-overrun': 'admins',
  'deadline-at-risk': 'admins',
  'deadline-missed': 'admins',
  'end-of-life': 'admins',
};

/** Updates that those who only work with the images want to know of; `unknown` would alarm without news. */
const SECURITY_NEWS: readonly SecurityLevel[] = ['critical', 'high', 'medium', 'low'];

/** The notices of something that happened: to whom the policy says, in words; often none. */
export function noticesOf(fact: NoticeFact, policy: Policy, now: Instant): AddressedNotice[] {
  const audiences = audiencesOf(fact, policy);
  if (audiences.length === 0) return [];
  const notice = noticeOf(letterOf(fact, (instant) => inWords(instant, policy.zone, now)));
  return audiences.map((audience) => ({ audience, notice }));
}

function audiencesOf(fact: NoticeFact, { notify }: Policy): Audience[] {
  const told = (those: readonly Audience[]) => those.filter((audience) => notify.audiences[audience]);
  const concerned = told(THOSE[CONCERNS[fact.kind]]);
  switch (fact.kind) {
    case 'base-image-updated': {
      if (fact.affected.length === 0) return [];
      const isNews = SECURITY_NEWS.includes(fact.update.assessment?.level ?? 'unknown');
      return isNews ? concerned : concerned.filter((audience) => audience === 'admins');
    }
    case 'end-of-life':
      return fact.affected.length === 0 ? [] : concerned;
    case 'build-queued':
      return notify.beforeRebuild ? concerned : [];
    case 'build-finished': {
      const { regionBuilds } = fact.build;
      const ended = !regionBuilds.some(({ status }) => isOpen(status));
      // Each failure was told to the admins when it happened; others hear of it if they were told of the rebuild.
      const isNews = notify.beforeRebuild || regionBuilds.some(({ status }) => status === 'succeeded');
      return ended && isNews && regionBuilds.length > 0 ? concerned : [];
    }
    case 'approval-wanted':
    case 'region-build-failed':
    case 'region-build-refused':
    case 'ami-promoted':
    case 'template-paused':
    case 'budget-overrun':
    case 'deadline-at-risk':
    case 'deadline-missed':
      return concerned;
    case 'budget-exhausted':
      return fact.owner === undefined ? concerned : told(THOSE.payers);
  }
}

function letterOf(fact: NoticeFact, told: (instant: Instant) => string): Letter {
  switch (fact.kind) {
    case 'base-image-updated':
      return updateLetter(fact.update, fact.affected);
    case 'build-queued':
      return queuedLetter(fact.build, fact.startsAt === undefined ? undefined : told(fact.startsAt));
    case 'approval-wanted':
      return approvalLetter(fact.build, fact.waiting, fact.estimate);
    case 'build-finished':
      return finishedLetter(fact.build);
    case 'region-build-failed':
      return failedLetter(fact.regionBuild);
    case 'region-build-refused':
      return refusedLetter(fact.regionBuild);
    case 'ami-promoted':
      return promotedLetter(fact.ami);
    case 'template-paused':
      return pausedLetter(fact.template, fact.reason);
    case 'budget-exhausted':
      return exhaustedLetter(fact, told);
    case 'budget-overrun':
      return overrunLetter(fact);
    case 'deadline-at-risk':
    case 'deadline-missed':
      return deadlineLetter(fact, told);
    case 'end-of-life':
      return endOfLifeLetter(fact);
  }
}
