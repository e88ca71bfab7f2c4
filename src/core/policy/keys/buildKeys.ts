import { DAY, HOUR, MINUTE, type Milliseconds, TRIGGERS } from '../../words.ts';
import { list } from '../reading/list.ts';
import { key, required } from '../reading/reader.ts';
import { decimal, truth, wholeNumber } from '../reading/scalars.ts';
import { section } from '../reading/section.ts';
import { region } from './names.ts';
import { duration, wholeDays } from './timeReaders.ts';

/** The execution of a build waits a day for its image: what runs too long must be cancelled and found before that. */
export const LONGEST_BUILD: Milliseconds = 23 * HOUR;

const priority = wholeNumber(0, 1_000);
const [popularity, security, scheduled, manual, dependency] = TRIGGERS;

export const buildKeys = {
  popularity: key(
    section({
      enabled: key(truth, 'Build AMIs for templates that are launched often.'),
      window: key(
        wholeDays({ most: 365 * DAY }),
        'Launches are counted over so many whole days (UTC), today being the last.',
      ),
      priority_per_launch: key(
        wholeNumber(0, 1_000),
        'What each of those launches adds to the priority of every build of its template, as long as it waits.',
      ),
      most_priority: key(
        priority,
        'The most that launches add to it; between equal priorities the more launched goes first.',
      ),
      off_peak_only: key(truth, 'Such builds wait for the build_window even when prefer_off_peak is false.'),
    }),
    'Builds for templates that are launched often; see popularity_threshold.',
  ),
  dormancy: key(
    section({
      fewer_launches_than: required(
        wholeNumber(0, 1_000_000),
        'Fewer launches than this is dormant; 0: no template is.',
      ),
      within: required(
        wholeDays({ most: 730 * DAY }),
        'The whole days (UTC) in which launches count, today being the last.',
      ),
    }),
    'Templates that get no rebuilds for updates without security reasons.',
  ),
  region_priority: key(
    list(region, { of: 'regions', identity: (name) => name }),
    'Which regions are built first; those not listed follow.',
  ),
  slots_per_region: key(wholeNumber(1, 100), 'Builds that may run at once in a region.'),
  priorities: key(
    section({
      [popularity]: key(priority, 'Of builds for popular templates.'),
      [security]: key(priority, 'Of security rebuilds.'),
      [scheduled]: key(priority, 'Of rebuilds for age and season.'),
      [manual]: key(priority, 'Of builds someone asked for.'),
      [dependency]: key(priority, 'Of rebuilds because the base moved without security reasons.'),
    }),
    'Priority by trigger, higher first.',
  ),
  high_priority: key(
    priority,
    'From this priority on, and ahead of a term, a build is paid from the daily budget.',
  ),
  default_deadline: key(duration({ least: HOUR }), 'Deadline of builds that have no other.'),
  start_margin: key(
    duration({ most: HOUR }),
    'How long before their latest start builds are aimed to start.',
  ),
  safety_factor: key(decimal(1, 10), 'Builds are assumed to take the learned p90 times this.'),
  assumed_build_duration: key(
    duration({ least: MINUTE, most: DAY }),
    'How long a build takes of which nothing is known.',
  ),
  max_build_duration: key(
    duration({ least: 10 * MINUTE, most: LONGEST_BUILD }),
    "A build that runs longer is cancelled; at most 23 hours. A template's max_minutes can only say less.",
  ),
  max_attempts: key(wholeNumber(1, 10), 'Attempts at a build that fails for a passing reason.'),
  retry_backoff: key(duration({ most: HOUR }), 'Wait before the second attempt; it doubles with each.'),
  retry_failed_after: key(
    duration({ least: 10 * MINUTE, most: 30 * DAY }),
    'When a build whose attempts all failed for a passing reason is asked for again.',
  ),
  max_failures: key(wholeNumber(1, 100), 'Failures in a row after which a template is paused.'),
  retention: key(
    section({
      deprecate_after: key(
        duration(),
        'When a superseded AMI is deprecated, counted from the moment another one took over.',
      ),
      disable_after: key(duration(), 'When it is disabled, unless somebody uses it.'),
      deregister_after: key(
        duration(),
        'When it is deregistered and its snapshots deleted, unless somebody uses it; images of failed builds go at that age.',
      ),
      keep_previous: key(
        wholeNumber(0, 100),
        'Superseded AMIs that stay launchable per template, region and architecture, whatever their age.',
      ),
      max_removals_per_day: key(wholeNumber(0, 10_000), 'The most AMIs deregistered on one day.'),
    }),
    'What happens to AMIs that another one has replaced: one step a day, in mode act, never to the last good one.',
  ),
  notify_before_rebuild: key(
    truth,
    'Tell researchers, and who else is notified, when a rebuild is queued, before it starts.',
  ),
  preserve_running_instances: key(
    truth,
    'Running instances are never touched, and stale-instances names those on older images; only true can take effect.',
  ),
} as const;
