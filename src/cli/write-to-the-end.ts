import {PipeClosed, type Terminal} from './terminal.ts'

/** Writes texts for as long as somebody reads them, and takes the others all the same: making them does something. */
export async function writeToTheEnd(terminal: Terminal, texts: AsyncIterable<string>): Promise<void> {
  let isRead = true
  for await (const text of texts) if (isRead) isRead = await isTaken(terminal.write(text))
}

async function isTaken(writing: Promise<void>): Promise<boolean> {
  try {
    await writing
    return true
  } catch (error) {
    if (error instanceof PipeClosed) return false
    throw error
  }
}
