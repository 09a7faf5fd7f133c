import { styleText } from 'node:util';

type Style = Parameters<typeof styleText>[0];

/** Where a command speaks: results on standard output, everything else on standard error. */
export interface Terminal {
  /** Resolves when the reader has taken it, so that a large result waits for a slow reader. */
  readonly result: (text: string) => Promise<void>;
  readonly note: (text: string) => void;
  readonly paint: (style: Style, text: string) => string;
  /** Columns of a line. */
  readonly width: number;
  /** Whether lines can be drawn over: a person is watching. */
  readonly isLive: boolean;
}

const WIDTH_OF_A_FILE = 120;
const NARROWEST = 40; // some terminals say 0

/** The terminal that this process runs in. */
export const processTerminal = (): Terminal => {
  const { stdout, stderr } = process;
  const width = stdout.columns ?? Number(process.env['COLUMNS'] ?? WIDTH_OF_A_FILE);
  return {
    result: (text) =>
      new Promise((resolve, reject) => {
        stdout.write(text, (error) => (error ? reject(error) : resolve()));
      }),
    note: (text) => void stderr.write(text),
    paint: (style, text) => styleText(style, text, { stream: stdout }),
    width: Math.max(Number.isFinite(width) && width > 0 ? width : WIDTH_OF_A_FILE, NARROWEST),
    isLive: stdout.isTTY && process.env['TERM'] !== 'dumb',
  };
};
