import { HANDLER_FILE } from './handler.ts';

/** How a handler failed: Snowflake's code and words. */
export interface Failure {
  readonly code: string;
  readonly message: string;
}

interface Frame {
  readonly name: string;
  readonly line: number;
  readonly position: number;
}

const FRAME = new RegExp(`^\\s+at (?:(.*) \\()?${HANDLER_FILE}:(\\d+):(\\d+)\\)?$`, 'gm');

/** The handler's own frames in a stack, innermost first; lines count from 1, positions from 0. */
export const framesIn = (stack: string): Frame[] =>
  [...stack.matchAll(FRAME)].map(([, name, line, position]) => ({
    name: name?.split('.').at(-1) ?? '',
    line: Number(line),
    position: Number(position) - 1,
  }));

/** What an error that a handler threw, or that its text is, means for the statement that called it. */
export const failureOf = (error: unknown, name: string, body: string): Failure => {
  const { stack, message, stackTraceTxt, failedStatement } = (
    typeof error === 'object' && error !== null ? error : {}
  ) as Partial<Record<'stack' | 'message' | 'stackTraceTxt' | 'failedStatement', unknown>>;
  if (failedStatement === true)
    return {
      code: '100183',
      message: `Execution error in store procedure ${name}:\n${String(message)}\nAt ${String(stackTraceTxt)}`,
    };
  const lines = body.split('\n');
  const trace = typeof stack === 'string' ? stack : '';
  const syntax = new RegExp(`^${HANDLER_FILE}:(\\d+)\\n[\\s\\S]*?\\n( *)\\^`).exec(trace);
  if (syntax !== null && /\nSyntaxError: /.test(trace)) {
    const [, line = '1', blank = ''] = syntax;
    const at = place(Number(line), blank.length, lines);
    return {
      code: '100131',
      message: `JavaScript compilation error: Uncaught SyntaxError: ${String(message)} in ${name} at ${at}`,
    };
  }
  const frames = framesIn(trace);
  const first = frames[0] ?? { name, line: lines.findIndex((text) => text.includes('throw')) + 1 || 1, position: 0 };
  const thrown = (lines[first.line - 1] ?? '').indexOf('throw');
  const at = place(first.line, thrown < 0 ? first.position : thrown, lines);
  const calls = frames.slice(0, -1).filter((frame) => frame.name !== '');
  const outermost = { name, line: frames.at(-1)?.line ?? first.line };
  const listed = [...calls, outermost].map((frame) => `${frame.name} line: ${frame.line}`).join('\n');
  return {
    code: '100132',
    message: `JavaScript execution error: Uncaught ${shown(error)} in ${name} at ${at}\nstackstrace: \n${listed}`,
  };
};

const place = (line: number, position: number, lines: readonly string[]): string =>
  `'${lines[line - 1] ?? ''}' position ${position}`;

/** As V8 prints what nobody caught. */
const shown = (error: unknown): string => {
  if (typeof error !== 'object' || error === null) return String(error);
  return 'stack' in error ? (error as Error).toString() : '#<Object>';
};
