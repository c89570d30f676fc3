/** Somebody, as far as the platform knows them. */
interface Person {
  name: string | null
  email: string | null
  user_id: string
}

/** What people type to name somebody. */
export function nameOf({email, user_id}: Omit<Person, 'name'>): string {
  return email ?? user_id
}

/** Somebody in a sentence, by name and e-mail as far as they have them. */
export function describePerson({name, ...person}: Person): string {
  return name ? `${name} <${nameOf(person)}>` : nameOf(person)
}

/** Somebody on the staff, as the audit record names them. */
export function targetOf(person: Omit<Person, 'name'>): string {
  return `staff:${nameOf(person).toLowerCase()}`
}

const namedPeople = 5

/** Several people in a sentence; of many, the first few and how many more there are. */
export function namePeople(people: readonly Omit<Person, 'name'>[]): string {
  const names = people.map(nameOf)
  const more = names.length - namedPeople
  return more > 0 ? `${names.slice(0, namedPeople).join(', ')} and ${more} more` : names.join(', ')
}

/** Several of them, in words. */
export const people = {noun: 'person', plural: 'people'}
