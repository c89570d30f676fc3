import {describe, expect, it} from 'vitest'
import {ProgressBar} from '../../src/cli/progress-bar.ts'
import type {Terminal} from '../../src/cli/terminal.ts'

function recorder(): {terminal: Terminal; lines: (string | null)[]} {
  const lines: (string | null)[] = []
  const unused = async () => ''
  const terminal: Terminal = {
    write: async () => {},
    say: () => {},
    status: (line, drawing) => lines.push(line === null ? null : `${drawing} ${line}`),
    readInput: unused,
    isTTY: {stdin: true, stdout: true, stderr: true},
    width: 80,
  }
  return {terminal, lines}
}

describe('a progress bar', () => {
  it('begins empty, says how far it is, how fast, and how long yet, and is taken away', async () => {
    const {terminal, lines} = recorder()
    const bar = new ProgressBar(terminal, 400)
    await new Promise((resolve) => setTimeout(resolve, 120))
    bar.advance({failed: false})
    await new Promise((resolve) => setTimeout(resolve, 120))
    bar.advance({failed: true})
    bar.end()
    expect(lines).toEqual([
      '░░░░░░░░░░░░░░░░░░░░ 0 of 400',
      expect.stringMatching(/^▓░{19} 1 of 400 · \d+ a second · \d+ (s|min) left$/),
      expect.stringMatching(/^▓░{19} 2 of 400 · \d+ a second · \d+ (s|min) left · 1 failed$/),
      null,
    ])
  })

  it('is not drawn anew for each of many', () => {
    const {terminal, lines} = recorder()
    const bar = new ProgressBar(terminal, 10_000)
    for (let done = 0; done < 10_000; done += 1) bar.advance({failed: false})
    expect(lines.length).toBeLessThan(100)
  })

  it('is not drawn for one', () => {
    const {terminal, lines} = recorder()
    new ProgressBar(terminal, 1)
    expect(lines).toEqual([])
  })
})
