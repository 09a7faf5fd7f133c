import type { Stage } from '../topology.ts';

/** Figures by name; their units follow from their names. */
export type Figures = Readonly<Record<string, number>>;

/** Says figures about a pipeline, once each for it, for all pipelines together, and for the event they came with; or about the stage alone. */
export type Measure = (figures: Figures, about: { readonly pipeline?: string; readonly event?: string }) => void;

/** The namespace of all metrics on CloudWatch. */
export const NAMESPACE = 'Firn';

const unitOf = (figure: string): 'Seconds' | 'Count' => (figure.endsWith('Seconds') ? 'Seconds' : 'Count');

/** Writes figures as one line in CloudWatch's embedded metric format, which becomes metrics without a call to anybody. */
export const metrics =
  (stage: Stage, deps: { readonly now: () => Date; readonly write?: (line: string) => void }): Measure =>
  (figures, { pipeline, event }) => {
    const { now, write = (line) => void process.stdout.write(line) } = deps;
    if (Object.keys(figures).length === 0) return;
    const ofStage = pipeline === undefined ? [['Stage']] : [['Stage'], ['Stage', 'Pipeline']];
    const dimensions = event === undefined ? ofStage : [['Stage', 'Pipeline', 'Event']];
    const line = {
      _aws: {
        Timestamp: now().getTime(),
        CloudWatchMetrics: [
          {
            Namespace: NAMESPACE,
            Dimensions: dimensions,
            Metrics: Object.keys(figures).map((Name) => ({ Name, Unit: unitOf(Name) })),
          },
        ],
      },
      Stage: stage,
      ...(pipeline !== undefined && { Pipeline: pipeline }),
      ...(event !== undefined && { Event: event }),
      ...figures,
    };
    write(`${JSON.stringify(line)}\n`);
  };
