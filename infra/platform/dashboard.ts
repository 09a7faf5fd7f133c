import { Duration } from 'aws-cdk-lib';
import {
  Alarm,
  ComparisonOperator,
  Dashboard,
  GraphWidget,
  MathExpression,
  Metric,
  TextWidget,
  TreatMissingData,
  type IWidget,
} from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import type { StageParameters } from '../../shared/constructs/parameters.ts';
import { NAMESPACE } from '../../shared/metrics/metrics.ts';

/** The coordinator measures what waits every five minutes: a measurement may come late, three may not. */
const MEASURED_WITHIN = Duration.minutes(15);

/** A backfill of which nothing is heard for so long waits for somebody, or stands still: and its pipeline's trigger with it. */
const QUIET_SECONDS = 3600;

/**
 * The whole flow on one page, and the alarms that belong to no service alone. It searches for metrics by their names, so that a new pipeline
 * or service is on it without a deploy of the platform.
 */
export class FlowDashboard extends Construct {
  constructor(scope: Construct, parameters: StageParameters, alarms: ITopic) {
    super(scope, 'Flow');
    const { stage } = parameters;
    const inPipelines = (figure: string, statistic: string, period = 300): MathExpression =>
      search(`{${NAMESPACE},Stage,Pipeline} Stage="${stage}" MetricName="${figure}"`, statistic, period);
    // Words without quotes are looked for among the parts of a name: firn-dev-load has three.
    const ofServices = (namespace: string, dimension: string, name: string, statistic: string): MathExpression =>
      search(`{${namespace},${dimension}} firn ${stage} MetricName="${name}"`, statistic, 300);
    new Dashboard(this, 'Dashboard', {
      dashboardName: `firn-${stage}`,
      defaultInterval: Duration.hours(6),
      widgets: [
        [
          new TextWidget({
            markdown: `# Firn, ${stage}\nWhat to do about an alarm: docs/runbook.md.`,
            width: 24,
            height: 2,
          }),
        ],
        [
          graph(
            'Batches by stage',
            search(`{${NAMESPACE},Stage,Pipeline,Event} Stage="${stage}" MetricName="Batches"`, 'Sum', 300),
          ),
          graph('Oldest waiting row, seconds', inPipelines('OldestWaitingSeconds', 'Maximum')),
        ],
        [
          graph('Rows loaded a minute', inPipelines('RowsLoaded', 'Sum', 60)),
          graph('Documents waiting', inPipelines('WaitingDocuments', 'Maximum')),
        ],
        [
          graph('Failures', inPipelines('Failures', 'Sum')),
          graph('Documents quarantined', inPipelines('DocumentsQuarantined', 'Sum')),
        ],
        [
          graph(
            'Oldest message, seconds',
            ofServices('AWS/SQS', 'QueueName', 'ApproximateAgeOfOldestMessage', 'Maximum'),
          ),
          graph(
            'Messages, dead letters among them',
            ofServices('AWS/SQS', 'QueueName', 'ApproximateNumberOfMessagesVisible', 'Maximum'),
          ),
        ],
        [
          graph('Credits an hour, told two hours later', creditsOf(stage)),
          graph('Function errors', ofServices('AWS/Lambda', 'FunctionName', 'Errors', 'Sum')),
        ],
        [graph('Function duration, ms', ofServices('AWS/Lambda', 'FunctionName', 'Duration', 'Maximum'))],
      ],
    });
    this.#alarms(parameters, alarms);
  }

  #alarms({ stage, maxWaitSeconds, maxQuarantinedDocuments }: StageParameters, topic: ITopic): void {
    const tell = new SnsAction(topic);
    const alarm = (
      what: string,
      figure: string,
      statistic: string,
      threshold: number,
      missing = TreatMissingData.NOT_BREACHING,
    ): void => {
      new Alarm(this, what, {
        alarmName: `firn-${stage}-${what}`,
        alarmDescription: `firn-${stage}: see the runbook, "${what}"`,
        metric: new Metric({
          namespace: NAMESPACE,
          metricName: figure,
          dimensionsMap: { Stage: stage },
          statistic,
          period: MEASURED_WITHIN,
        }),
        threshold,
        evaluationPeriods: 1,
        comparisonOperator: ComparisonOperator.GREATER_THAN_THRESHOLD,
        treatMissingData: missing,
      }).addAlarmAction(tell);
    };
    alarm('rows-wait', 'OldestWaitingSeconds', 'Maximum', maxWaitSeconds);
    alarm('batches-fail', 'Failures', 'Sum', 0);
    alarm('breaker-open', 'BreakersOpened', 'Sum', 0);
    alarm('much-quarantined', 'DocumentsQuarantined', 'Sum', maxQuarantinedDocuments);
    alarm('backfill-failed', 'BackfillsFailed', 'Sum', 0);
    alarm('backfill-waits', 'BackfillQuietSeconds', 'Maximum', QUIET_SECONDS);
    // No batch may come for hours; the coordinator measures all the same.
    alarm('nobody-measures', 'OldestWaitingSeconds', 'Maximum', Number.MAX_SAFE_INTEGER, TreatMissingData.BREACHING);
  }
}

const search = (what: string, statistic: string, seconds: number): MathExpression =>
  new MathExpression({
    expression: `SEARCH('${what}', '${statistic}', ${seconds})`,
    usingMetrics: {},
    label: '',
    period: Duration.seconds(seconds),
  });

// The same hour may be measured twice: the greatest is the one there is.
const creditsOf = (stage: string): Metric =>
  new Metric({
    namespace: NAMESPACE,
    metricName: 'Credits',
    dimensionsMap: { Stage: stage },
    statistic: 'Maximum',
    period: Duration.hours(1),
    label: `FIRN_${stage.toUpperCase()}`,
  });

const graph = (title: string, metric: MathExpression | Metric): IWidget =>
  new GraphWidget({ title, left: [metric], width: 12, height: 6 });
