/** Names of IANA time zones: which exist, and which was probably meant. */
import { nearest } from './nearest.ts';

/** `Area/Place` or a short link such as `UTC`: offsets such as `+02:00` have no daylight saving and are no zones. */
const SHAPE = /^[A-Za-z][A-Za-z0-9_+-]*(?:\/[A-Za-z0-9_+-]+)*$/u;

/**
 * The zones of the IANA database without a slash. The runtime knows more such words, and some mean what nobody means by
 * them: its BST is Dhaka's.
 */
const WITHOUT_AREA = new Set(
  (
    'CET CST6CDT Cuba EET EST EST5EDT Egypt Eire GB GB-Eire GMT GMT+0 GMT-0 GMT0 Greenwich HST Hongkong Iceland Iran ' +
    'Israel Jamaica Japan Kwajalein Libya MET MST MST7MDT NZ NZ-CHAT Navajo PRC PST8PDT Poland Portugal ROC ROK ' +
    'Singapore Turkey UCT UTC Universal W-SU WET Zulu'
  )
    .toLowerCase()
    .split(' '),
);

/** Abbreviations people write that are no zones, and the place they mostly mean. */
const ABBREVIATIONS: Readonly<Record<string, string>> = {
  EDT: 'America/New_York',
  ET: 'America/New_York',
  CST: 'America/Chicago',
  CDT: 'America/Chicago',
  CT: 'America/Chicago',
  MDT: 'America/Denver',
  MT: 'America/Denver',
  PST: 'America/Los_Angeles',
  PDT: 'America/Los_Angeles',
  PT: 'America/Los_Angeles',
  BST: 'Europe/London',
  CEST: 'Europe/Berlin',
  IST: 'Asia/Kolkata',
  JST: 'Asia/Tokyo',
  AEST: 'Australia/Sydney',
  AEDT: 'Australia/Sydney',
  NZDT: 'Pacific/Auckland',
  Z: 'UTC',
};

/** The zone's name in its usual spelling, or `null` if there is no such zone. */
export function knownZone(name: string): string | null {
  if (!SHAPE.test(name) || (!name.includes('/') && !WITHOUT_AREA.has(name.toLowerCase()))) return null;
  try {
    const canonical = new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone;
    // A link such as Asia/Kolkata stays what the person wrote; only capitals are put right.
    return canonical.toLowerCase() === name.toLowerCase() ? canonical : name;
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}

/** The zone that was probably meant by a name that is none: an abbreviation, a city alone, or a slip. */
export function suggestZone(name: string): string | null {
  const abbreviation = name.toUpperCase();
  if (Object.hasOwn(ABBREVIATIONS, abbreviation)) return ABBREVIATIONS[abbreviation] ?? null;
  const zones = [...Intl.supportedValuesOf('timeZone'), 'UTC', 'Asia/Kolkata', 'Asia/Kathmandu'];
  const city = name.replace(/^.*\//u, '').replaceAll(' ', '_').toLowerCase();
  const sameCity = zones.find((zone) => zone.toLowerCase().endsWith(`/${city}`));
  return sameCity ?? nearest(name.replaceAll(' ', '_'), zones);
}
