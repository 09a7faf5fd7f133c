import { createHead } from '../catalog/create-head.ts';
import { invalid, unsupported } from '../catalog/errors.ts';
import { createObject, dropObject, pathIn } from '../catalog/lifecycle.ts';
import { parseProperties, propertyText } from '../catalog/properties.ts';
import { copyOptions, PIPE_ON_ERROR } from '../copy/copy-options.ts';
import { parseCopy } from '../copy/parse-copy.ts';
import { command, type Command } from '../session/command.ts';
import { Cursor } from '../sql/cursor.ts';
import { tokenize } from '../sql/lexer.ts';
import { alterPipe } from './alter-pipe.ts';
import { rememberKnown } from './pipe-files.ts';
import type { PipeDetails } from './pipe-object.ts';
import { asOwner, stagedFor } from './pipe-source.ts';
import { showPipes } from './show-pipes.ts';

const NOT_IN_PIPES = ['FILES', 'FORCE', 'PURGE', 'RETURN_FAILED_ONLY', 'SIZE_LIMIT', 'VALIDATION_MODE'];

/** CREATE, ALTER, DROP, REFRESH, SHOW and DESCRIBE of pipes. */
export const pipeCommands: readonly Command[] = [
  command('CREATE PIPE', async (context) => {
    const cursor = context.cursor();
    const { name, ...head } = createHead(cursor, 'PIPE');
    const { AUTO_INGEST = false, COMMENT = '', ...others } = parseProperties(cursor);
    const [other] = Object.keys(others);
    if (other !== undefined)
      throw ['ERROR_INTEGRATION', 'AWS_SNS_TOPIC', 'INTEGRATION'].includes(other)
        ? unsupported(`${other} of a pipe`)
        : invalid(`invalid parameter '${other}'`);
    cursor.expect('AS');
    const { text: written, tokens } = context.statement;
    const copy = written.slice(cursor.peek().start - tokens[0]!.start).replace(/;\s*$/, '');
    checkOptions(copy);
    const details: PipeDetails = { autoIngest: AUTO_INGEST === true, copy };
    const path = pathIn(context, name);
    return createObject<PipeDetails>(context, {
      ...head,
      kind: 'PIPE',
      path,
      comment: propertyText(COMMENT),
      make: async (run, id) => {
        const owner = context.session.role;
        const { files, root } = await asOwner(context.warehouse, { owner, path }, (own) => stagedFor(own, details));
        await rememberKnown(run, id, files, root);
        return details;
      },
    });
  }),
  command('DROP PIPE', async (context) => {
    const cursor = context.cursor();
    cursor.expect('DROP', 'PIPE');
    const ifExists = cursor.accept('IF', 'EXISTS');
    const path = pathIn(context, cursor.name());
    cursor.finish();
    return dropObject(context, 'PIPE', path, ifExists);
  }),
  alterPipe,
  ...showPipes,
];

/** A pipe runs again and again, so that what makes sense only once is refused, as is a failure of the whole. */
const checkOptions = (copy: string): void => {
  const { options } = parseCopy(new Cursor(tokenize(copy)));
  const refused = NOT_IN_PIPES.find((name) => options[name] !== undefined && options[name] !== false);
  if (refused !== undefined) throw invalid(`copy option '${refused}' is not supported in pipes`);
  if (copyOptions(options, PIPE_ON_ERROR).onError.kind === 'abort')
    throw invalid("copy option 'ON_ERROR = ABORT_STATEMENT' is not supported in pipes");
};
