/** What stops the reading of a recording as a whole; a bad row never does. */

export class RecordingError extends Error {
  override readonly name = 'RecordingError';
  readonly file: string;

  constructor(file: string, problem: string, options?: ErrorOptions) {
    super(`${file} ${problem}`, options);
    this.file = file;
  }
}
