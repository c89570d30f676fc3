import {fileURLToPath} from 'node:url'
import {Config} from '@oclif/core'

/**
 * oclif's view of the project at `root`, a file URL. From source, it reads the commands themselves rather than the
 * built ones and their manifest.
 */
export async function loadConfig(root: string, fromSource: boolean): Promise<Config> {
  const config = new Config({root: fileURLToPath(root), ignoreManifest: fromSource})
  await config.load()
  return config
}
