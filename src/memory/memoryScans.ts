import type { Scans } from '../ports.ts';

export interface MemoryScans extends Scans {
  /** How often a scan was asked for. */
  readonly started: number;
}

/** Counts the scans that were asked for. */
export function memoryScans(): MemoryScans {
  let started = 0;
  return {
    get started() {
      return started;
    },
    async start() {
      started += 1;
    },
  };
}
