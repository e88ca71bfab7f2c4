import { painted } from '../../../cli/text/colour.ts';
import { truncate } from '../../../cli/text/width.ts';
import { seconds } from './seconds.ts';

/** Where a run tells what happens: live on a terminal, line by line anywhere else. */
export interface Screen {
  /** Columns of the terminal; Infinity where there is none. */
  readonly width: number;
  /** A line that stays. */
  say(line: string): void;
  /** Something small: a line only where nothing is shown live. */
  note(line: string): void;
  /** Lines that stay, as they are. */
  print(lines: readonly string[]): void;
  /** Lines shown until others are; only on a terminal. */
  show(lines: readonly string[]): void;
}

export interface ScreenOptions {
  readonly write: (text: string) => void;
  /** Milliseconds since the start. */
  readonly elapsed: () => number;
}

/** For logs and pipes: each line with the seconds since the start. */
export function plainScreen({ write, elapsed }: ScreenOptions): Screen {
  const say = (line: string): void => write(`${seconds(elapsed()).padStart(8)}  ${line}\n`);
  return {
    width: Infinity,
    say,
    note: say,
    print: (lines) => write(lines.map((line) => `${line}\n`).join('')),
    show: () => undefined,
  };
}

export interface TerminalOptions extends ScreenOptions {
  readonly columns: () => number;
  readonly rows: () => number;
  readonly colours: boolean;
}

/** For people: what stays scrolls by above, what is going on is rewritten in place below it. */
export function terminalScreen({ write, columns, rows, colours }: TerminalOptions): Screen {
  const paint = colours ? painted : (line: string) => line;
  let shown: readonly string[] = [];
  const erased = (): string => (shown.length === 0 ? '' : `\u001B[${shown.length}A\r\u001B[J`);
  const drawn = (lines: readonly string[]): string => lines.map((line) => `${paint(line)}\n`).join('');
  const print = (lines: readonly string[]): void => write(erased() + drawn(lines) + drawn(shown));
  return {
    get width() {
      return columns();
    },
    say: (line) => print([line]),
    note: () => undefined,
    print,
    show(lines) {
      // A line that wraps, or one that has scrolled away, cannot be erased.
      const fitting = lines.slice(0, rows() - 2).map((line) => truncate(line, columns() - 1));
      write(erased() + drawn(fitting));
      shown = fitting;
    },
  };
}
