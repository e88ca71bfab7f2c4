import { MODES } from '../../words.ts';
import { PROMOTIONS, STRATEGIES } from '../policy.ts';
import { list } from '../reading/list.ts';
import { key } from '../reading/reader.ts';
import { oneOf, wholeNumber } from '../reading/scalars.ts';
import { mapOf, section } from '../reading/section.ts';
import { moneyKeys } from './moneyKeys.ts';
import { region, templateName } from './names.ts';
import { duration, durationOr } from './timeReaders.ts';
import { DAY, HOUR } from '../../words.ts';

/** What holds for all templates and may be said for one. */
export const templateKeys = {
  mode: key(
    oneOf(MODES),
    'stopped: nothing; observe: decide and explain; propose: wait for approve; act: build.',
  ),
  popularity_threshold: key(
    wholeNumber(1, 1_000_000),
    'Launches within popularity.window that make a template popular.',
  ),
  security_window: key(durationOr('never', { least: HOUR }), 'Greatest age of an AMI before it is rebuilt.'),
  minimum_age: key(
    duration({ most: 90 * DAY }),
    'Age that a base image must have before a build that is not urgent adopts it.',
  ),
  strategy: key(
    oneOf(STRATEGIES),
    'build: each region builds its own image. copy and auto are accepted, and do the same with a warning.',
  ),
  promotion: key(
    oneOf(PROMOTIONS),
    'Whether a tested AMI becomes the active one automatically or by hand (manual).',
  ),
  soak: key(
    duration({ most: 30 * DAY }),
    'How long a tested AMI waits before it is promoted; waived for critical updates.',
  ),
  max_cost: moneyKeys.max_cost,
} as const;

export const templates = mapOf(
  templateName,
  'template names with what differs for them',
  section({
    ...templateKeys,
    regions: key(
      list(region, { of: 'regions', identity: (name) => name }),
      'The only regions to build this template in.',
    ),
  }),
);
