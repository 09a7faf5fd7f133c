import { describe, expect, it } from '@jest/globals';
import { parseJson } from '../json/parse.ts';
import { fillTemplate } from './input-template.ts';

const EVENT = parseJson(
  '{"version":"0","id":"i","detail-type":"t","source":"s","account":"1","time":"z","region":"r","resources":[],"detail":{"s":"q\\"q","n":1.50,"b":true,"o":{"k":"v"},"l":["x"]}}',
);
const OCCASION = { ruleArn: 'arn:rule', ruleName: 'rule', accepted: 0 };

const fill = (InputTemplate: string): string => {
  const InputPathsMap = Object.fromEntries(['s', 'n', 'b', 'o', 'l', 'none'].map((name) => [name, `$.detail.${name}`]));
  return fillTemplate({ InputTemplate, InputPathsMap }, EVENT, OCCASION);
};

describe('an input template', () => {
  it.each([
    ['"<n> <b> <none>!"', '"1.50 true !"'],
    ['"<o> and <l>"', '"{k:v} and [x]"'],
    ['"<s>"\n"<n>"', '"q\\"q"\n"1.50"'],
    ['{"s": <s>, "n": <n>, "none": <none>}', '{"s": "q\\"q", "n": 1.50, "none": ""}'],
    ['{"path": "a/<n>/<s>", "o": [<o>]}', '{"path": "a/1.50/q\\"q", "o": [{"k":"v"}]}'],
    ['<o>', '{"k":"v"}'],
    ['{"r": <aws.events.rule-arn>, "n": "<aws.events.rule-name>"}', '{"r": "arn:rule", "n": "rule"}'],
    ['{"at": <aws.events.event.ingestion-time>}', '{"at": "1970-01-01T00:00:00.000Z"}'],
    [
      '{"e": <aws.events.event>}',
      '{"e": {"version":"0","id":"i","detailType":"t","source":"s","account":"1","time":"z","region":"r","resources":[]}}',
    ],
  ])('%s becomes %s', (template, filled) => {
    expect(fill(template)).toBe(filled);
  });

  it.each(['{"o": "<o>"}', '<s> and more'])('%s makes no JSON and is not delivered', (template) => {
    expect(() => fill(template)).toThrow('did not make valid JSON');
  });
});
