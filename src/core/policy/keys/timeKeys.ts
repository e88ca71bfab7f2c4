import { list, located } from '../reading/list.ts';
import { key, required } from '../reading/reader.ts';
import { oneOf, truth } from '../reading/scalars.ts';
import { section } from '../reading/section.ts';
import { HOUR } from '../../words.ts';
import { line, templateName } from './names.ts';
import { schedule } from './scheduleReader.ts';
import { HEMISPHERES, season } from './seasonReader.ts';
import { date, duration, zone } from './timeReaders.ts';
import { windows } from './windowReader.ts';

const term = section({
  name: required(line, 'Name of the term, such as Fall 2027.'),
  start: required(date, 'First day of the term.'),
  end: required(date, 'Last day of the term.'),
});

export const timeKeys = {
  time_zone: key(zone, 'IANA zone of windows, days, months, terms and seasons.'),
  build_window: key(windows, 'When builds that can wait may run: the off-peak window.'),
  off_peak_window: key(windows, 'Another name for build_window.'),
  urgent_window: key(windows, 'When builds for high security updates may run.'),
  prefer_off_peak: key(
    truth,
    'Builds that can wait do wait for the build_window; those for high updates have the urgent_window, whatever this says.',
  ),
  jitter: key(
    duration({ most: HOUR }),
    'Builds start spread over this time after a window opens, or its first half.',
  ),
  semester_prep_window: key(season, 'Season of heavier building: every hour of it counts as off-peak.'),
  hemisphere: key(oneOf(HEMISPHERES), 'Which months a season such as summer has.'),
  seasonal_precompilation: key(
    section({
      enabled: key(truth, 'Build templates ahead of each term.'),
      schedule: key(schedule, 'How long before a term the builds are wanted; its start is their deadline.'),
      templates: key(
        list(templateName, { of: 'template names', identity: (name) => name }),
        'Templates to have ready when a term starts.',
      ),
    }),
    'Templates that are built ahead of each term.',
  ),
  calendar: key(
    section({
      terms: required(
        list(located(term), { of: 'terms', identity: ({ name }) => name, atMost: 200 }),
        'The terms of the calendar.',
      ),
    }),
    'The terms that seasonal_precompilation counts from.',
  ),
} as const;
