/** Runs one of the machine's own tools to its end, quietly, within a time limit. */
import { execFile } from 'node:child_process';

export type ToolResult =
  { kind: 'done'; output: string } | { kind: 'absent' } | { kind: 'failed'; reason: string };

/** `absent` where there is no such tool; a failure's reason is the last line it said. */
export function runTool(command: string, args: string[], limitMs: number): Promise<ToolResult> {
  return new Promise((resolve) => {
    const child = execFile(command, args, { timeout: limitMs, encoding: 'utf8' }, (error, stdout, stderr) => {
      if (error === null) resolve({ kind: 'done', output: stdout });
      else if (error.code === 'ENOENT' || error.code === 'EACCES') resolve({ kind: 'absent' });
      else if (error.killed === true)
        resolve({ kind: 'failed', reason: `no end within ${limitMs / 1000} s` });
      else resolve({ kind: 'failed', reason: lastLine(stderr) || `exit code ${error.code ?? 'unknown'}` });
    });
    // A tool that asks a question gets no answer instead of waiting for one.
    child.stdin?.end();
  });
}

function lastLine(text: string): string {
  return text.trim().split('\n').at(-1) ?? '';
}
