import { describe, expect, test } from 'vitest';
import { knownZone, suggestZone } from '../../../src/core/time/zone.ts';

describe('zones', () => {
  test.each([
    ['UTC', 'UTC'],
    ['America/New_York', 'America/New_York'],
    ['america/new_york', 'America/New_York'],
    ['Asia/Kolkata', 'Asia/Kolkata'],
    ['US/Eastern', 'US/Eastern'],
    ['Japan', 'Japan'],
    ['utc', 'UTC'],
    ['Etc/GMT+5', 'Etc/GMT+5'],
    ['America/Argentina/Buenos_Aires', 'America/Argentina/Buenos_Aires'],
  ])('%s is one', (name, known) => {
    expect(knownZone(name)).toBe(known);
  });

  test.each([
    ['America/New_Yrok', 'America/New_York'],
    ['New York', 'America/New_York'],
    ['Berlin', 'Europe/Berlin'],
    ['Amerika/Chicago', 'America/Chicago'],
    ['EDT', 'America/New_York'],
    ['pst', 'America/Los_Angeles'],
    ['IST', 'Asia/Kolkata'],
    ['BST', 'Europe/London'],
    ['Mars/Olympus_Mons', null],
    ['', null],
  ])('%s is none: %s is meant', (name, meant) => {
    expect(knownZone(name)).toBeNull();
    expect(suggestZone(name)).toBe(meant);
  });

  test.each(['+02:00', '-0500', 'local', '../../etc/localtime'])('%s is none', (name) => {
    expect(knownZone(name)).toBeNull();
  });
});
