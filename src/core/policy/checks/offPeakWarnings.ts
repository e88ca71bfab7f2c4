import { windowInWords } from '../words.ts';
import type { Checked } from './checked.ts';

/** What the two keys about off-peak building leave as it is. */
export function warnOfOffPeak({ policy, says, warn }: Checked): void {
  const { preferOffPeak, popularity, windows } = policy;
  if (preferOffPeak) {
    if (says('popularity.off_peak_only') && !popularity.offPeakOnly)
      warn(
        'popularity.off_peak_only',
        'it is false while prefer_off_peak is true',
        'builds for popular templates wait for the build_window, as all that can wait do',
      );
    return;
  }
  const [urgent] = windows.urgent;
  const isAlwaysOpen = windows.urgent.some(({ start, end, season }) => start === end && season === null);
  if (urgent !== undefined && !isAlwaysOpen)
    warn(
      'prefer_off_peak',
      'it frees what would wait for the build_window, and nothing else',
      `builds for high updates still wait for the urgent_window (${windowInWords(urgent)}), while less urgent ones start at once`,
    );
  if (popularity.enabled && popularity.offPeakOnly)
    warn(
      'prefer_off_peak',
      'popularity.off_peak_only is true',
      'builds for popular templates still wait for the build_window',
    );
}
