import pc from 'picocolors';

/** Where text goes; `process.stdout` is one. */
export interface TextSink {
  readonly isTTY?: boolean;
  write(text: string): unknown;
}

/** Where text comes from; `process.stdin` is one. */
export interface TextSource extends AsyncIterable<string | Uint8Array> {
  readonly isTTY?: boolean;
}

/** Colours, or the text as it is. */
export type Style = ReturnType<typeof pc.createColors>;

export const plainStyle: Style = pc.createColors(false);

interface Streams {
  readonly stdin: TextSource;
  readonly stdout: TextSink;
  readonly stderr: TextSink;
}

/** How long something may take before it is worth a line that says so. */
const progressDelayMs = 1_000;
const frameMs = 100;
const frames = '⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏';
const clearLine = '\r\u001b[2K';

/** The person or program at the other end: results on stdout, everything else on stderr. */
export class Terminal {
  readonly style: Style;
  readonly errorStyle: Style;
  readonly #streams: Streams;

  constructor(streams: Streams, wantsColour: boolean | undefined) {
    this.#streams = streams;
    this.style = pc.createColors(wantsColour ?? streams.stdout.isTTY === true);
    this.errorStyle = pc.createColors(wantsColour ?? streams.stderr.isTTY === true);
  }

  out(text: string): void {
    this.#streams.stdout.write(text);
  }

  error(text: string): void {
    this.#streams.stderr.write(text);
  }

  /** Whether there is a person to ask. */
  get canAsk(): boolean {
    return this.#streams.stdin.isTTY === true && this.#streams.stderr.isTTY === true;
  }

  /** Asks for yes or no; anything but a yes is a no. */
  async confirms(question: string): Promise<boolean> {
    this.error(`${question} [y/N] `);
    let answer = '';
    for await (const text of textsOf(this.#streams.stdin)) {
      answer += text;
      if (answer.includes('\n')) break;
    }
    return /^y(?:es)?$/i.test(answer.trim());
  }

  /** Everything on stdin, up to so many characters. Undefined when there is more. */
  async readAll(lengthMax: number): Promise<string | undefined> {
    let all = '';
    for await (const text of textsOf(this.#streams.stdin)) {
      all += text;
      if (all.length > lengthMax) return undefined;
    }
    return all;
  }

  /** Waits for the work; after a second a person is told what for. */
  async during<Result>(words: string, work: () => Promise<Result>): Promise<Result> {
    if (this.#streams.stderr.isTTY !== true) return work();
    let frame = 0;
    const draw = (): void => {
      const symbol = frames.charAt(frame++ % frames.length);
      this.error(`${clearLine}${this.errorStyle.cyan(symbol)} ${words} …`);
    };
    let ticking: NodeJS.Timeout | undefined;
    const waiting = setTimeout(() => {
      draw();
      ticking = setInterval(draw, frameMs);
    }, progressDelayMs);
    try {
      return await work();
    } finally {
      clearTimeout(waiting);
      clearInterval(ticking);
      if (frame > 0) this.error(clearLine);
    }
  }
}

/** A character may be cut in two by the end of a chunk. */
async function* textsOf(source: TextSource): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  for await (const chunk of source) {
    yield typeof chunk === 'string' ? chunk : decoder.decode(chunk, { stream: true });
  }
}
