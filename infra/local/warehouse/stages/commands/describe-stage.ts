import { command, type Command } from '../../session/command.ts';
import { STATEMENT_TYPE, table, text, type Cell } from '../../session/outcome.ts';
import { text as shown } from '../option-text.ts';
import { findStage } from '../stage-access.ts';
import type { StageObject } from '../stage-object.ts';

/** DESCRIBE STAGE. */
export const describeStage: readonly Command[] = ['DESCRIBE', 'DESC'].map((word) =>
  command(`${word} STAGE`, async (context) => {
    const cursor = context.cursor();
    cursor.expect(word, 'STAGE');
    const stage = findStage(context.session, cursor.name());
    cursor.finish();
    return table(
      [
        text('parent_property'),
        text('property'),
        text('property_type'),
        text('property_value'),
        text('property_default'),
      ],
      describe(stage),
      STATEMENT_TYPE.select,
    );
  }),
);

const describe = ({ details }: StageObject): Cell[][] => [
  ...Object.entries(details.format).map(([name, value]) => [
    'STAGE_FILE_FORMAT',
    name,
    typeof value === 'boolean' ? 'Boolean' : 'String',
    shown(value),
    '',
  ]),
  ...Object.entries(details.copyOptions).map(([name, value]) => [
    'STAGE_COPY_OPTIONS',
    name,
    'String',
    shown(value),
    '',
  ]),
  ['STAGE_LOCATION', 'URL', 'String', details.url === undefined ? '' : JSON.stringify([details.url]), ''],
  ['STAGE_INTEGRATION', 'STORAGE_INTEGRATION', 'String', details.integration ?? '', ''],
  ['DIRECTORY', 'ENABLE', 'Boolean', String(details.directory), 'false'],
];
