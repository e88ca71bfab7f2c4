import { LEVEL_ACTIONS, type KnownLevel } from '../policy.ts';
import { key, type Reader } from '../reading/reader.ts';
import { oneOf, truth } from '../reading/scalars.ts';
import { section } from '../reading/section.ts';
import { durationOr } from './timeReaders.ts';

export const KNOWN_LEVELS = ['critical', 'high', 'medium', 'low'] as const satisfies readonly KnownLevel[];

const window: Reader<number | 'immediate'> = durationOr('immediate', { least: 60_000 });
const action = oneOf(LEVEL_ACTIONS);

export const securityUpdates = section({
  critical_window: key(
    window,
    'Longest time from a critical update to the promoted AMI; "immediate" starts at once.',
  ),
  high_window: key(window, 'Longest time from a high update to the promoted AMI.'),
  medium_window: key(window, 'Longest time from a medium update to the promoted AMI.'),
  low_window: key(window, 'Longest time from a low update to the promoted AMI.'),
  unknown_window: key(
    window,
    'Longest time for updates whose level is not known; that of treat_unknown_as otherwise.',
  ),
  critical_action: key(action, 'Rebuild critical updates on its own, after approve, or never.'),
  high_action: key(action, 'The same for high updates.'),
  medium_action: key(action, 'The same for medium updates.'),
  low_action: key(action, 'The same for low updates.'),
  unknown_action: key(
    action,
    'The same for updates whose level is not known; that of treat_unknown_as otherwise.',
  ),
  treat_unknown_as: key(oneOf(KNOWN_LEVELS), 'The level that an update of unknown level is treated as.'),
  notify_admins: key(truth, 'Tell the administrators about updates and rebuilds.'),
  notify_instructors: key(truth, 'Tell course instructors about updates and rebuilds.'),
  notify_students: key(truth, 'Tell students about updates and rebuilds.'),
  notify_researchers: key(truth, 'Tell researchers about updates and rebuilds.'),
});
