import type {View} from '../output/view.ts'
import {PmCommand} from './command.ts'
import {openUrl} from './open-url.ts'

/** A page for the browser, as data. */
export const pageView: View<{url: string}> = {
  noun: 'page',
  plural: 'pages',
  name: 'url',
  fields: {url: {kind: 'text', header: 'URL', cell: (url) => ({text: url, href: url})}},
  table: ['url'],
}

/** A command that opens a page in the operator's browser. */
export abstract class OpenCommand extends PmCommand {
  /** Starts the browser; where there is none, or where data is asked for, the address is printed. */
  protected async openPage(url: string): Promise<void> {
    const isForData = this.format !== 'table'
    if (isForData || !(await openUrl(url, this.around))) return this.showRows(pageView, [{url}])
    this.say(`Opened ${url}`)
  }
}
