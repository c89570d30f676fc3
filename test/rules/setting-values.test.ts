import {describe, expect, test} from 'vitest'
import {parseSettings} from '../../src/rules/parse-settings.ts'
import {
  dateFormat,
  emailAddress,
  hexColor,
  httpsUrl,
  oneOf,
  postalAddress,
  type SettingKind,
  type SettingValue,
  timeZone,
  wholeNumber,
  yesOrNo,
} from '../../src/rules/setting-values.ts'
import {configSettings, isWeaker, policySettings} from '../../src/rules/tenant-settings.ts'

const address = {line1: '12 Market Street', city: 'Portland', country: 'US'}

describe.each<[string, SettingKind, [string, SettingValue][], string[]]>([
  [
    'true or false',
    yesOrNo,
    [
      ['true', true],
      ['YES', true],
      ['on', true],
      ['False', false],
      ['no', false],
      ['off', false],
    ],
    ['1', 'y', 'constructor', 'toString', '__proto__', ' true'],
  ],
  [
    'a whole number',
    wholeNumber(8, 128),
    [
      ['8', 8],
      ['128', 128],
      ['014', 14],
    ],
    ['7', '129', '-8', '8.5', '1e2', '0x10', '9999999999', ' 9', '٩'],
  ],
  ['a colour', hexColor, [['#0B5FFF', '#0b5fff']], ['#fff', '0b5fff', '#0b5ffg', 'red', '#0b5fff\n']],
  [
    'a time zone',
    timeZone,
    [
      ['Europe/Paris', 'Europe/Paris'],
      ['europe/paris', 'Europe/Paris'],
      ['utc', 'UTC'],
      ['Asia/Calcutta', 'Asia/Calcutta'],
      ['America/Argentina/Buenos_Aires', 'America/Argentina/Buenos_Aires'],
    ],
    ['Mars/Phobos', '+02:00', 'Europe/', 'Paris', '../etc/passwd', `Europe/${'a'.repeat(60)}`],
  ],
  [
    'an https URL',
    httpsUrl,
    [
      ['https://cdn.acme.example/logo.svg?v=2', 'https://cdn.acme.example/logo.svg?v=2'],
      ['https://müller.example/', 'https://müller.example/'],
    ],
    [
      'http://acme.example/',
      'javascript:alert(1)',
      'https:acme.example',
      'https://',
      'https://user:secret@acme.example/',
      'https://user@acme.example/',
      'https://acme.example/a b',
      'https://acme.example/\u202egnp.exe',
      `https://acme.example/${'a'.repeat(480)}`,
    ],
  ],
  [
    'an e-mail address',
    emailAddress,
    [
      ['billing@acme.example', 'billing@acme.example'],
      ["o'reilly+x@mail.acme.example", "o'reilly+x@mail.acme.example"],
      ['søren@soester.example', 'søren@soester.example'],
    ],
    [
      'acme.example',
      'a@b',
      'a@@acme.example',
      'a b@acme.example',
      'a@acme..example',
      '<a@acme.example>',
      'a@acme.example, b@acme.example',
      `${'a'.repeat(65)}@acme.example`,
    ],
  ],
  [
    'a date format',
    dateFormat,
    [
      ['YYYY-MM-DD', 'YYYY-MM-DD'],
      ['DD/MM/YYYY', 'DD/MM/YYYY'],
      ['D MMMM YYYY', 'D MMMM YYYY'],
    ],
    ['YYYY-MM', 'YYYY-DD-DD', 'yyyy-mm-dd', 'DD/MM/YYYY HH:mm', '%Y-%m-%d'],
  ],
  ['one of some', oneOf(['active', 'inactive']), [['active', 'active']], ['Active', 'suspended', '']],
  [
    'a postal address',
    postalAddress,
    [[JSON.stringify(address), address]],
    [
      'Market Street',
      '[]',
      'null',
      '{"line1":"x"}',
      '{"country":"US"}',
      '{"line1":"x","country":"us"}',
      '{"line1":"x","country":"US","planet":"Earth"}',
      '{"line1":"","country":"US"}',
      '{"line1":7,"country":"US"}',
      '{"line1":"x\\u001b[2J","country":"US"}',
    ],
  ],
])('%s', (_name, kind, good, bad) => {
  test.each(good)('is read from %j', (text, value) => expect(kind.read(text)).toEqual(value))
  test.each(bad)('is not %j', (text) => expect(kind.read(text)).toBeUndefined())
})

describe('settings as they are typed', () => {
  test('are read by their kinds, and by default where nothing is behind the =', () => {
    const words = ['ui_timezone=utc', 'theme_logo_url=', 'notify_on_system_updates=', 'theme_primary_color=#FFFFFF']
    expect(parseSettings(words, configSettings)).toEqual({
      ui_timezone: 'UTC',
      theme_logo_url: null,
      notify_on_system_updates: false,
      theme_primary_color: '#ffffff',
    })
    expect(parseSettings(['password_min_length='], policySettings)).toEqual({password_min_length: 8})
  })

  test('keep a = within their value', () => {
    const url = 'https://cdn.acme.example/logo?a=b=c'
    expect(parseSettings([`theme_logo_url=${url}`], configSettings)).toEqual({theme_logo_url: url})
  })

  test.each([
    [[], 'Which setting?'],
    [['ui_timezone'], '“ui_timezone” sets nothing.'],
    [['=x'], '“=x” sets nothing.'],
    [['stripe_customer_id=cus_x'], 'There is no setting “stripe_customer_id”.'],
    [['constructor=1'], 'There is no setting “constructor”.'],
    [['ui_timezone=UTC', 'ui_timezone=UTC'], 'ui_timezone is given twice.'],
    [['ui_timezone=Mars'], 'ui_timezone cannot be “Mars”.'],
  ])('%j are refused', (words, message) => {
    expect(() => parseSettings(words, configSettings)).toThrow(message)
  })
})

test.each([
  ['password_min_length', 14, 8, true],
  ['password_min_length', 8, 14, false],
  ['password_min_length', null, 9, false],
  ['session_timeout_hours', null, 9, true],
  ['max_login_attempts', 5, 3, false],
  ['two_factor_required', true, false, true],
  ['two_factor_required', null, false, false],
  ['company_auto_approve_members', false, true, true],
  ['company_require_email_verification', null, false, true],
  ['company_default_status', 'active', 'suspended', false],
] as const)('%s from %j to %j: weaker is %j', (name, before, after, weaker) => {
  expect(isWeaker(policySettings[name], before, after)).toBe(weaker)
})
