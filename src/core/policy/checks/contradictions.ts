import { durationInWords } from '../../time/duration.ts';
import { TOP_KEY, type SaidPolicy } from '../keys/policyKeys.ts';
import { WHOLE_SHARE } from '../policy.ts';
import type { Reading } from '../reading/reading.ts';
import { dollarsInWords, percentInWords } from '../words.ts';
import { checkBaseImages } from './checkBaseImages.ts';

/** What is well formed key by key and still cannot be: only values that the file says are compared. */
export function refuseContradictions(said: SaidPolicy, reading: Reading): void {
  checkSynonyms(reading);
  checkBudgets(said, reading);
  checkGrants(said.grants ?? [], reading);
  checkTerms(said.calendar?.terms ?? [], reading);
  checkRetention(said.retention ?? {}, reading);
  checkDurations(said, reading);
  checkBaseImages(said.base_images ?? {}, reading);
}

const at = (path: string): string => `${TOP_KEY}.${path}`;

const SYNONYMS = [
  ['build_window', 'off_peak_window'],
  ['emergency_budget', 'urgent_budget'],
] as const;

function checkSynonyms(reading: Reading): void {
  for (const [name, other] of SYNONYMS) {
    if (reading.says(at(name)) && reading.says(at(other))) {
      reading.refuseAt(at(other), `${name} or ${other}`, 'both, which mean the same', `remove ${other}`);
    }
  }
}

const NOT_ABOVE = [
  ['daily_budget', 'monthly_budget'],
  ['semester_prep_daily_budget', 'monthly_budget'],
] as const;

function checkBudgets(said: SaidPolicy, reading: Reading): void {
  for (const [less, more] of NOT_ABOVE) {
    const [lower, upper] = [said[less], said[more]];
    if (lower !== undefined && upper !== undefined && lower > upper) {
      const found = `${dollarsInWords(lower)} a day and ${dollarsInWords(upper)} a month`;
      reading.refuseAt(at(less), `at most the ${more}`, found, `raise ${more} or lower ${less}`);
    }
  }
}

function checkGrants(grants: NonNullable<SaidPolicy['grants']>, reading: Reading): void {
  const sound = grants.filter(({ id, start, end, path }) => {
    if (start > end) reading.refuseAt(`${path}.end`, `a day from ${start} on`, `${end} (grant ${id})`);
    return start <= end;
  });
  const told = new Set<string>();
  for (const { start: day } of sound) {
    const running = sound.filter(({ start, end }) => start <= day && day <= end);
    for (const template of new Set(running.flatMap(({ shares }) => Object.keys(shares)))) {
      const payers = running.filter(({ shares }) => Object.hasOwn(shares, template));
      const sum = payers.reduce((total, { shares }) => total + (shares[template] ?? 0), 0);
      if (sum <= WHOLE_SHARE || told.has(template)) continue;
      told.add(template);
      const found = `${percentInWords(sum)} on ${day} (${payers.map(({ id }) => id).join(', ')})`;
      reading.refuseAt(
        `${payers.at(-1)?.path ?? at('grants')}.shares.${template}`,
        `shares of ${template} that add up to at most 100%`,
        found,
      );
    }
  }
}

function checkTerms(terms: NonNullable<SaidPolicy['calendar']>['terms'], reading: Reading): void {
  for (const [index, { name, start, end, path }] of terms.entries()) {
    if (end < start) {
      reading.refuseAt(`${path}.end`, `a day from ${start} on`, `${end} (${name})`);
      continue;
    }
    const other = terms.slice(0, index).find((earlier) => earlier.start <= end && start <= earlier.end);
    if (other !== undefined) {
      const found = `${name} (${start} to ${end}) and ${other.name} (${other.start} to ${other.end})`;
      reading.refuseAt(path, 'terms that do not overlap', found);
    }
  }
}

function checkRetention(said: NonNullable<SaidPolicy['retention']>, reading: Reading): void {
  const steps = (['deprecate_after', 'disable_after', 'deregister_after'] as const).filter(
    (step) => said[step] !== undefined,
  );
  for (const [index, step] of steps.entries()) {
    const before = steps[index - 1];
    const [earlier, later] = [before === undefined ? undefined : said[before], said[step]];
    if (before !== undefined && earlier !== undefined && later !== undefined && later < earlier) {
      const expected = `at least the ${before} of ${durationInWords(earlier)}`;
      reading.refuseAt(at(`retention.${step}`), expected, durationInWords(later));
    }
  }
}

function checkDurations(said: SaidPolicy, reading: Reading): void {
  const { assumed_build_duration: assumed, max_build_duration: most } = said;
  if (assumed !== undefined && most !== undefined && assumed > most) {
    const found = durationInWords(assumed);
    reading.refuseAt(
      at('assumed_build_duration'),
      `at most the max_build_duration of ${durationInWords(most)}`,
      found,
    );
  }
}
