import type { PolicyAnswer } from '../../src/api/answers.ts';
import { oneLine } from '../text/clean.ts';
import { lookUp } from '../text/lookUp.ts';
import { tree, type Branch } from '../text/tree.ts';

const LEVELS = [
  ['critical', 'Critical'],
  ['high', 'High'],
  ['medium', 'Medium'],
  ['low', 'Low'],
  ['unknown', 'Not known'],
] as const;

const SWITCHES = { on: '✓', off: '✗' } as const;

/** What is decided for people and what they are asked, as in the specification's session: the policy in brief. */
export function preferencesView({ meaning }: PolicyAnswer, width: number): string[] {
  const words = new Map(meaning.map(({ key, words: said }) => [key, oneLine(said)]));
  const of = (key: string): string => words.get(key) ?? 'not known';
  const isOn = (key: string): string => lookUp(SWITCHES, of(key), of(key));
  // Either key alone makes them wait.
  const waitsForOffPeak = ['prefer_off_peak', 'popularity.off_peak_only'].some((key) => of(key) === 'on');
  const own = meaning.filter(({ key }) => /^templates\.[^.]+\../.test(key));
  const sections: readonly (readonly [string, readonly string[]])[] = [
    ['Security Updates', LEVELS.map(([level, name]) => `${name}: ${levelInWords(level, of)}`)],
    [
      'Popularity-based Compilation',
      [
        `Enable for frequently used templates ${isOn('popularity.enabled')}`,
        `Threshold: ${of('popularity_threshold')} in ${of('popularity.window')}`,
        `Off-peak building only ${waitsForOffPeak ? SWITCHES.on : SWITCHES.off}`,
      ],
    ],
    [
      'Budget Controls',
      [
        `Daily compilation budget: ${of('daily_budget')}`,
        `Monthly compilation budget: ${of('monthly_budget')}`,
        `Emergency budget: ${of('emergency_budget')}`,
        `Approve emergency security builds ${isOn('approve_emergency_builds')}`,
      ],
    ],
    [
      'Single Templates',
      own.map(({ key, words: said }) => `${key.slice('templates.'.length)}: ${oneLine(said)}`),
    ],
  ];
  return [
    'AUTO-AMI PREFERENCES',
    ...sections.flatMap(([title, lines]) =>
      lines.length === 0
        ? []
        : [
            '',
            `${title}:`,
            ...tree(
              lines.map((text): Branch => ({ text })),
              width,
            ),
          ],
    ),
    '',
    'To change them: cws templates auto-ami configure --set KEY=VALUE, or --file POLICY.',
  ];
}

function levelInWords(level: string, of: (key: string) => string): string {
  const window = of(`security_updates.${level}_window`);
  const when = window.startsWith('immediate') ? 'immediately' : `within ${window}`;
  switch (of(`security_updates.${level}_action`)) {
    case 'approve':
      return `Manual approval required ✓ (then ${when})`;
    case 'off':
      return 'No rebuild ✗';
    default:
      return `Auto-rebuild ${when} ✓`;
  }
}
