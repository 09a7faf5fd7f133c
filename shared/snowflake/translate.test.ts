import { describe, expect, it } from '@jest/globals';
import { BadMessage, Defect, RetryLater } from '../errors.ts';
import { isNoSuchObject, isTerminated, translate } from './translate.ts';

const driverError = (code: string | number, message = 'as Snowflake says it', sqlState = '42000') =>
  Object.assign(new Error(message), { code, sqlState });

describe("a driver's error", () => {
  it.each<[string | number, string]>([
    [407002, 'the session is gone'],
    [401004, 'the session is gone, as an HTTP status tells'],
    ['390114', 'the login has expired'],
    [401001, 'the network is down'],
    [401002, 'the service is busy'],
    ['000604', 'the statement was cancelled'],
    ['000630', 'the statement took too long'],
    ['000625', 'too many wait for a lock'],
  ])('%s asks to retry later: %s', (code) => {
    expect(translate(driverError(code), 'load')).toBeInstanceOf(RetryLater);
  });

  it('002003 refuses the message: it names an object that is not there', () => {
    expect(translate(driverError('002003'), 'load')).toBeInstanceOf(BadMessage);
  });

  it.each(['001003', '000904', '100038', '003001', '390100'])('%s is a defect', (code) => {
    expect(translate(driverError(code), 'load')).toBeInstanceOf(Defect);
  });

  it.each([undefined, null, 'text', 42, {}, new Error('boom')])('that is none (%p) is a defect', (thrown) => {
    expect(translate(thrown, 'load')).toBeInstanceOf(Defect);
  });

  it("keeps Snowflake's own words and says which statement it was", () => {
    const cause = driverError('001003', "syntax error line 1 at position 7 unexpected 'form'");

    expect(translate(cause, 'apply-rules')).toMatchObject({
      message: "apply-rules: syntax error line 1 at position 7 unexpected 'form'",
      context: { statement: 'apply-rules', code: '001003', sqlState: '42000' },
      cause,
    });
  });

  it('stays what it is once it has been translated', () => {
    const translated = translate(driverError(401001), 'login');

    expect(translate(translated, 'load')).toBe(translated);
  });

  it('is told apart by its code, text or number, with or without leading zeros', () => {
    expect([407002, '407002', 401004, '2003', null].map((code) => isTerminated(code && { code }))).toEqual([
      true,
      true,
      true,
      false,
      false,
    ]);
    expect(['002003', 2003, 2002, undefined].map((code) => isNoSuchObject(code && { code }))).toEqual([
      true,
      true,
      false,
      false,
    ]);
    expect(isTerminated(driverError('390111'))).toBe(true);
  });
});
