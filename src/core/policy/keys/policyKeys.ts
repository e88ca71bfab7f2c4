/**
 * The table of every key of a policy file: how it is read, what it means. Parsing, suggestions, the JSON Schema and
 * the reference in the docs are all made from it.
 */
import { DAY } from '../../words.ts';
import { durationInWords } from '../../time/duration.ts';
import { list } from '../reading/list.ts';
import { key, required, type Said } from '../reading/reader.ts';
import { section } from '../reading/section.ts';
import { buildKeys } from './buildKeys.ts';
import { baseImages, blockedImages, evidence } from './imageKeys.ts';
import { moneyKeys } from './moneyKeys.ts';
import { securityUpdates } from './securityKeys.ts';
import { templateKeys, templates } from './templateKeys.ts';
import { timeKeys } from './timeKeys.ts';
import { duration } from './timeReaders.ts';

export const TOP_KEY = 'auto_ami_policy';

export const policyKeys = {
  ...templateKeys,
  ...timeKeys,
  security_updates: key(
    securityUpdates,
    'How soon each level is rebuilt, whether someone is asked, and who is told.',
  ),
  ...moneyKeys,
  ...buildKeys,
  blocked_images: key(blockedImages, 'Base images that are never adopted.'),
  base_images: key(baseImages, 'Base images tracked besides the built-in ones.'),
  evidence: key(evidence, 'Where the facts about updates come from.'),
  end_of_life_warnings: key(
    list(duration({ least: DAY }), { of: 'durations', identity: durationInWords, atMost: 10 }),
    'How long before the end of life of a base image to warn.',
  ),
  templates: key(templates, 'What differs for single templates.'),
} as const;

/** The policy as the file says it, before defaults. */
export type SaidPolicy = Said<typeof policyKeys>;

export const policyFile = section({
  [TOP_KEY]: required(section(policyKeys), 'The policy of an Auto-AMI deployment.'),
});
