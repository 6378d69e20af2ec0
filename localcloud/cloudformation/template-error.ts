import { AwsError } from '../core/aws-error.ts';

/** A template that cannot be deployed. The message begins with the place in it: `Resources.Queue.Properties.Tags`. */
export class TemplateError extends AwsError {
  readonly path: string;

  constructor(path: string, problem: string) {
    super('ValidationError', `${path}: ${problem}`);
    this.path = path;
  }
}
