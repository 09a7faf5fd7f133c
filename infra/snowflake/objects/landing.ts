import { ident, name } from '../../../shared/sql/identifier.ts';
import { literal } from '../../../shared/sql/literal.ts';
import { sql, type Statement } from '../../../shared/sql/statement.ts';
import { objectNames, type Deployment, type PipelineParts } from '../deployment.ts';

/**
 * From file to raw table: a line is a document. Lines are read as text and parsed on the way in, so that a line that is no
 * JSON keeps its place, its number and its text instead of vanishing into the load history.
 */
export const landing = (to: Deployment, parts: PipelineParts): readonly Statement[] => {
  const names = objectNames(to, parts);
  return [
    sql('create-lines-format')`
      create file format if not exists ${ident(names.lines)}
        type = csv field_delimiter = none record_delimiter = '\\n' escape_unenclosed_field = none
        field_optionally_enclosed_by = none skip_blank_lines = true null_if = () empty_field_as_null = false
        replace_invalid_characters = true compression = auto
    `,
    sql('create-storage-integration')`
      create storage integration if not exists ${name(to.storageIntegration)}
        type = external_stage storage_provider = 'S3' enabled = true
        storage_aws_role_arn = ${literal(to.landingRoleArn)} storage_allowed_locations = (${literal(`s3://${to.bucket}/`)})
    `,
    sql('create-landing-stage')`
      create stage if not exists ${ident(names.landing)}
        url = ${literal(`s3://${to.bucket}/${parts.extract.pipeline}/`)}
        storage_integration = ${name(to.storageIntegration)}
        file_format = (format_name = ${literal(names.lines)})
    `,
    sql('create-raw-table')`
      create table if not exists ${ident(names.table)} (
        SRC variant,
        SRC_TEXT varchar,
        FILE_NAME varchar not null,
        FILE_ROW_NUMBER number(38,0) not null,
        LOADED_AT timestamp_ltz not null
      )
    `,
    sql('create-pipe')`
      create pipe if not exists ${ident(names.pipe)} auto_ingest = true as
      copy into ${ident(names.table)} (SRC, SRC_TEXT, FILE_NAME, FILE_ROW_NUMBER, LOADED_AT)
      from (
        select
          try_parse_json($1),
          iff(try_parse_json($1) is null, $1, null),
          metadata$filename,
          metadata$file_row_number,
          metadata$start_scan_time
        from @${ident(names.landing)}
      )
      on_error = continue
    `,
  ];
};
