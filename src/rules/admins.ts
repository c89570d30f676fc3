/** Who is on the staff in which role, which roles may edit the staff, and who has a login. */
export interface Standing {
  roleOf: ReadonlyMap<string, number | null>
  emailOf: ReadonlyMap<string, string>
  /** The roles that hold staff.write. */
  editingRoles: ReadonlySet<number>
  /** The id of staff.write. */
  editing: number | null
  logins: ReadonlyMap<string, {user_id: string; enabled: boolean}>
  /** Whether nobody operates without a login; false where identity is declared. */
  needsLogin: boolean
}

/** The admins, by user id: whoever holds staff.write, with an enabled login where logins are what identifies. */
export function adminsOf({roleOf, editingRoles, logins, needsLogin}: Standing): string[] {
  const enabled = new Set([...logins.values()].filter((login) => login.enabled).map(({user_id}) => user_id))
  return [...roleOf].flatMap(([user, role]) =>
    role !== null && editingRoles.has(role) && (enabled.has(user) || !needsLogin) ? [user] : [],
  )
}
