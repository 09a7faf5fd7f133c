import { describe, expect, it, jest } from '@jest/globals';
import { logger } from './log.ts';

const lines: string[] = [];
const log = logger('extract', (line) => void lines.push(line));

describe('a log', () => {
  it('writes one JSON line an outcome, whatever its fields hold', () => {
    log('warn', 'two\nlines', { batchId: 'B1', rows: 3, note: '"\n\u2028' });

    expect(lines.join('').match(/\n/g)).toHaveLength(1);
    expect(JSON.parse(lines[0]!)).toEqual({
      level: 'warn',
      service: 'extract',
      message: 'two\nlines',
      batchId: 'B1',
      rows: 3,
      note: '"\n\u2028',
    });
  });

  it('goes to standard output', () => {
    const write = jest.spyOn(process.stdout, 'write').mockReturnValue(true);

    logger('load')('info', 'handled');

    expect(write.mock.calls).toEqual([['{"level":"info","service":"load","message":"handled"}\n']]);
    write.mockRestore();
  });
});
