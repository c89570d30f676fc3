import {expect, test} from 'vitest'
import {cellPainter, link} from '../../src/output/paint-cell.ts'

test('links a text only to a plain web address', () => {
  expect(link('docs', 'https://x.example/a?b=c')).toBe(
    '\u001b]8;;https://x.example/a?b=c\u001b\\docs\u001b]8;;\u001b\\',
  )
  const refused = [
    'javascript:alert(1)',
    'file:///etc/passwd',
    'https://',
    'https://x\u0007',
    'https://x\u001b\\',
    'https://x y',
  ]
  for (const href of refused) expect(link('docs', href)).toBe('docs')
})

test('links only where links are wanted', async () => {
  const cell = {text: 'docs', href: 'https://x.example/'}
  expect((await cellPainter({color: false, links: false}))(cell)).toBe('docs')
  expect((await cellPainter({color: false, links: true}))(cell)).toContain('\u001b]8;;https://x.example/')
})
