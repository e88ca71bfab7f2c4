import type { Log } from '../ports.ts';

export interface LogLine {
  readonly level: keyof Log;
  readonly message: string;
  readonly fields: Readonly<Record<string, unknown>>;
}

export interface MemoryLog extends Log {
  readonly lines: readonly LogLine[];
  /** Messages of one level, in order. */
  messages(level: keyof Log): string[];
}

/** Keeps what is logged, so that a test can read it. */
export function memoryLog(): MemoryLog {
  const lines: LogLine[] = [];
  const at =
    (level: keyof Log): Log[typeof level] =>
    (message, fields = {}) =>
      void lines.push({ level, message, fields });
  return {
    lines,
    messages: (level) => lines.filter((line) => line.level === level).map(({ message }) => message),
    info: at('info'),
    warn: at('warn'),
    error: at('error'),
  };
}
